// In a process of its own: it runs the program in network namespaces.
import process from 'node:process';
import test from 'ava';
import {execa} from 'execa';
import {builtProgram, nodeUnderTest} from '../tools/built-program.js';
import {childEnvironment, temporaryFolder} from '../tools/child-environment.js';

const name = `class-${process.pid}`;
const learner = `${name}-learner`;
const teacher = `${name}-teacher`;
/** Interface names have at most 15 characters. */
const short = String(process.pid);

const ip = (...args: string[]) => execa('ip', args);
const inNetwork = (...args: string[]) => ip('-n', name, ...args);

/**
 * An access point: a bridge, which is the gateway, with a learner at 192.0.2.10 and a teacher at 192.0.2.20. Nothing
 * leads from it to another network.
 */
const setUp = async (): Promise<void> => {
	for (const space of [name, learner, teacher]) await ip('netns', 'add', space);
	await inNetwork('link', 'add', 'br0', 'type', 'bridge');
	await inNetwork('addr', 'add', '192.0.2.1/24', 'dev', 'br0');
	await inNetwork('link', 'set', 'br0', 'up');
	for (const [space, host, port] of [
		[learner, 10, `l${short}`],
		[teacher, 20, `t${short}`],
	] as const) {
		await inNetwork('link', 'add', port, 'type', 'veth', 'peer', 'name', 'eth0', 'netns', space);
		await inNetwork('link', 'set', port, 'master', 'br0', 'up');
		await ip('-n', space, 'addr', 'add', `192.0.2.${host}/24`, 'dev', 'eth0');
		for (const device of ['lo', 'eth0']) await ip('-n', space, 'link', 'set', device, 'up');
		await ip('-n', space, 'route', 'add', 'default', 'via', '192.0.2.1');
	}
};

const isolate = async (isIsolated: boolean): Promise<void> => {
	for (const port of [`l${short}`, `t${short}`])
		await inNetwork('link', 'set', port, 'type', 'bridge_slave', 'isolated', isIsolated ? 'on' : 'off');
};

const join = () =>
	execa(
		'ip',
		[
			...['netns', 'exec', learner, nodeUnderTest, builtProgram],
			...['class', 'join', '192.0.2.20', 'K7M-4QX', '--yes', '--replay', '--plain'],
		],
		{
			cwd: temporaryFolder(),
			env: childEnvironment(temporaryFolder()),
			extendEnv: false,
			reject: false,
			stdin: 'ignore',
		},
	);

const isRoot = process.platform === 'linux' && process.getuid?.() === 0;

(isRoot ? test : test.skip)(
	'a network that separates its devices is told, with the way without one',
	async t => {
		t.teardown(() =>
			Promise.all([name, learner, teacher].map(space => ip('netns', 'del', space).catch(() => {}))),
		);
		await setUp();
		await isolate(true);
		const separated = await join();
		t.is(separated.exitCode, 3);
		t.regex(
			separated.stderr,
			/192\.0\.2\.20:8400 does not answer, but the network does: .*separates its devices/,
		);
		t.regex(separated.stderr, /--pack <folder>.*hand-in/);
		t.log(`told after ${Math.round(separated.durationMs)} ms, with the start of the program`);
		await isolate(false);
		const open = await join();
		t.regex(open.stderr, /Nothing listens at 192\.0\.2\.20:8400/);
		await ip('-n', learner, 'route', 'del', 'default');
		await ip('-n', learner, 'addr', 'flush', 'dev', 'eth0');
		const alone = await join();
		t.regex(alone.stderr, /No network leads from this machine to 192\.0\.2\.20:8400/);
	},
);
