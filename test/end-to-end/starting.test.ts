import {readdirSync, readFileSync, writeFileSync} from 'node:fs';
import {createServer, type Socket} from 'node:net';
import path from 'node:path';
import test, {type ExecutionContext} from 'ava';
import {temporaryFolder} from '../tools/child-environment.js';
import {deepTest, sampleOf} from '../tools/deep.js';
import {pathWithDocker} from '../tools/docker-cli.js';
import {byQ, leaves, openToLeave, waysOut} from '../tools/leave.js';
import {keys, openTerminal} from '../tools/terminal.js';
import {progressPath, writeProgress} from '../tools/write-progress.js';

const title = 'Read a Dockerfile with four stages';

const homeAtReading = (): string => {
	const home = temporaryFolder();
	writeProgress(home, 'read-simple', ['read-reference']);
	return home;
};

const broken = test.macro(async (t, breaks: (text: string) => string) => {
	const home = homeAtReading();
	const file = progressPath(home);
	const text = breaks(readFileSync(file, 'utf8'));
	writeFileSync(file, text);

	const terminal = openToLeave({args: ['--replay'], home});
	const rows = await terminal.waitFor('The saved progress is damaged or from another version: it is kept as');
	t.is(rows.join('\n').split('The saved progress').length, 2);
	const [aside] = readdirSync(path.dirname(file)).filter(name => name.includes('.broken-'));
	t.is(readFileSync(path.join(path.dirname(file), aside ?? ''), 'utf8'), text);
	terminal.press(keys.enter);
	await terminal.waitFor('enter play');
	await leaves(t, terminal, byQ, 'Build a server in one stage');

	const next = openToLeave({args: ['--replay'], home});
	await next.waitFor('enter start');
	t.false(next.screen().join('\n').includes('The saved progress'));
	await leaves(t, next, byQ, 'Build a server in one stage');
});

test.serial('a progress file that was cut off is kept aside and said so, once', broken, text =>
	text.slice(0, text.length / 2),
);
deepTest('an empty progress file is kept aside and said so, once', broken, () => '');
deepTest('a progress file of a newer version is kept aside and said so, once', broken, text =>
	text.replace('"format":1', '"format":2'),
);

test.serial('a second copy of the program only reads the progress, and says so', async t => {
	const home = homeAtReading();
	const first = openToLeave({args: ['--replay'], home});
	await first.waitFor(`passed; continue at “${title}”`);
	first.press(keys.enter);
	await first.waitFor('enter done reading');

	const second = openToLeave({args: ['--replay'], home});
	await second.waitFor(`passed; continue at “${title}”`);
	await second.waitFor(/Another copy of this program has this workshop open/);
	second.press(keys.enter);
	await second.waitFor('enter done reading');
	const kept = readFileSync(progressPath(home), 'utf8');
	second.press(keys.enter);
	await second.waitFor('enter do that step first');
	second.press('q');
	await second.waitFor('Leave the workshop?');
	second.press('y');
	await second.exited;
	t.is(readFileSync(progressPath(home), 'utf8'), kept);

	first.press(keys.enter);
	await first.waitFor('enter do that step first');
	await leaves(t, first, byQ, 'Build it');
	t.is(JSON.parse(readFileSync(progressPath(home), 'utf8')).stepId, 'build-simple');
});

/** An engine that takes every connection and never says a word. */
const openSilentEngine = async (t: ExecutionContext): Promise<Record<string, string>> => {
	const sockets = new Set<Socket>();
	const server = createServer(socket => sockets.add(socket));
	const file = path.join(temporaryFolder(), 'docker.sock');
	server.listen(file);
	await new Promise(resolve => server.once('listening', resolve));
	t.teardown(() => {
		for (const socket of sockets) socket.destroy();
		server.close();
	});
	return {DOCKER_HOST: `unix://${file}`, PATH: pathWithDocker() ?? ''};
};

const withCli = pathWithDocker() ? test.serial : test.serial.skip;

withCli('keys work while the engine does not answer', async t => {
	const terminal = openToLeave({env: await openSilentEngine(t)});
	await terminal.waitFor('connecting');
	terminal.press(keys.enter);
	await terminal.waitFor('enter run');
	terminal.press('?');
	await terminal.waitFor('what the footer says');
	terminal.press(keys.escape);
	await terminal.waitFor('enter run');
	terminal.press(keys.right);
	await terminal.waitFor('Build it in two stages');
	terminal.press(keys.left);
	await terminal.waitFor('Build a server in one stage');
	terminal.press(keys.enter);
	// By now, the program may have given it up.
	await terminal.waitFor(/this runs as soon as it does|There is no engine to run this on\./);
	await leaves(t, terminal, byQ, 'Build a server in one stage');
});

for (const way of sampleOf(waysOut, 1)) {
	withCli(`${way.name} leaves while the engine does not answer`, async t => {
		const terminal = openToLeave({env: await openSilentEngine(t)}, way);
		await terminal.waitFor('connecting');
		await leaves(t, terminal, way, 'Build a server in one stage');
	});
}

test.serial('a key that comes with the first frame does not shift its rows', async t => {
	const terminal = openToLeave({args: ['--replay']});
	await terminal.waitFor('Multi-stage builds');
	terminal.press(keys.enter);
	await terminal.waitFor('enter play');
	await terminal.waitUntil(
		([first = '', ...rows]) => /^ Multi-stage builds +1\/9/.test(first) && / q quit$/.test(rows[37] ?? ''),
		'a header in the first row and a footer in the last but one',
	);
	await leaves(t, terminal, byQ, 'Build a server in one stage');
});

test.serial('with a terminal to write to alone there is nobody to choose', async t => {
	const terminal = openTerminal({args: ['--replay'], around: '"$@" </dev/null; echo "exit code $?"'});
	await terminal.waitFor('exit code 2');
	t.regex(terminal.screen().join('\n'), /its input has ended before the first answer\.\nNext: /);
	t.like(terminal.state(), {alternateScreen: false, cursorVisible: true});
	await terminal.exited;
});

test.serial('with a terminal to read from alone the lines go where they were sent', async t => {
	const terminal = openTerminal({args: ['--replay'], around: '"$@" >out; echo "exit code $?"'});
	terminal.press('start\rquit\ry\r');
	await terminal.waitFor('exit code 0');
	await terminal.exited;
	const text = readFileSync(path.join(terminal.cwd, 'out'), 'utf8');
	t.regex(text, /Build a server in one stage[\s\S]*> quit\n\nLeave the workshop\?[\s\S]*> y\n/);
});
