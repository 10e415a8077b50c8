import {execFileSync} from 'node:child_process';
import {chmodSync, copyFileSync, existsSync, mkdirSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import test, {type ExecutionContext} from 'ava';
import {execa} from 'execa';
import {temporaryFolder} from '../tools/child-environment.js';
import type {DeclareEngineTest} from './engines.js';
import {listEngines} from './list-engines.js';
import type {TestEngine} from './test-engine.js';

/** An ssh server of this machine that lets one key in. */
export type SshServer = {
	/** For a context or `DOCKER_HOST`: `ssh://root@127.0.0.1:10390`. */
	host: string;
	/** A script for `ssh` on the `PATH`: the real client, with the key, and without the settings of this machine. */
	client: string;
};

const packages = ['dropbear-bin', 'libtomcrypt1', 'libtommath1'];

/** Gets the server from Debian packages, once; nothing is installed. Throws where they can't be had. */
const fetchServer = (engines: string): string => {
	const root = path.join(engines, 'root', 'ssh');
	if (existsSync(path.join(root, 'usr', 'sbin', 'dropbear'))) return root;
	const debs = path.join(engines, 'debs', 'bookworm');
	execFileSync(path.resolve('test/engine/download'), [debs, 'bookworm', ...packages], {stdio: 'ignore'});
	const unpack = 'for name; do dpkg -x "$0"/"$name"_*.deb "$root"; done';
	execFileSync('sh', ['-c', unpack, debs, ...packages], {env: {...process.env, root}, stdio: 'ignore'});
	return root;
};

/** What tests over ssh need and this machine does not have, in words; null when nothing is missing. */
const findMissing = (engines: string): string | null => {
	const tool = ['ssh', 'ssh-keygen'].find(name => !existsSync(`/usr/bin/${name}`));
	if (tool) return `${tool} is missing: \`apt-get install openssh-client\``;
	try {
		fetchServer(engines);
		return null;
	} catch {
		return `the package ${packages[0]} can’t be had: see whether a mirror of Debian can be reached`;
	}
};

/**
 * Declares a test that goes to an engine over ssh. Where the client or the server can't be had it is skipped and says so;
 * `REQUIRE_SSH=1` makes that a failure.
 */
export const declareOverSsh = (
	declare: DeclareEngineTest,
	engineName: string,
	title: string,
	body: (t: ExecutionContext, engine: TestEngine) => Promise<void>,
): void => {
	const engine = listEngines().find(({name}) => name === engineName);
	const missing = engine?.up ? findMissing(path.resolve(engine.config, '../../..')) : null;
	if (missing === null) declare(title, body);
	else if (process.env.REQUIRE_SSH === '1')
		test.serial(`${title} (${missing})`, t => t.fail(`A test needs ssh: ${missing}.`));
	else test.skip(`${title} (${missing})`, () => {});
};

/**
 * Starts an ssh server on a port of 127.0.0.1 that does one thing: whoever comes is let through to an engine, as by
 * `docker system dial-stdio`. It ends with the test. Needs root, whose home is a folder of its own there.
 */
export const openSshServer = async (t: ExecutionContext, engine: TestEngine): Promise<SshServer> => {
	const {env} = engine;
	const root = fetchServer(path.resolve(env.DOCKER_CONFIG, '../../..'));
	const folder = temporaryFolder();
	const at = (...names: string[]) => path.join(folder, ...names);
	execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', at('key')]);
	mkdirSync(at('home', '.ssh'), {recursive: true});
	copyFileSync(at('key.pub'), at('home', '.ssh', 'authorized_keys'));
	for (const name of [['home'], ['home', '.ssh']]) chmodSync(at(...name), 0o700);
	chmodSync(at('home', '.ssh', 'authorized_keys'), 0o600);
	writeFileSync(at('passwd'), `root:x:0:0:root:${at('home')}:/bin/sh\n`);
	const libraries = {LD_LIBRARY_PATH: path.join(root, 'usr', 'lib', 'x86_64-linux-gnu')};
	execFileSync(path.join(root, 'usr', 'bin', 'dropbearkey'), ['-t', 'ed25519', '-f', at('host-key')], {
		env: libraries,
		stdio: 'ignore',
	});
	const port = await engine.freePort();
	const docker = path.join(env.PATH.split(path.delimiter)[0] ?? '', 'docker');
	const server = execa(
		'unshare',
		[
			...['--mount', '--propagation', 'private', 'sh', '-c'],
			'mount --bind "$0" /etc/passwd && exec "$@"',
			...[at('passwd'), path.join(root, 'usr', 'sbin', 'dropbear'), '-F', '-E', '-e', '-s'],
			...['-r', at('host-key'), '-P', at('pid'), '-p', `127.0.0.1:${port}`],
			...['-c', `exec ${docker} system dial-stdio`],
		],
		{
			env: {...env, ...libraries},
			reject: false,
			stdin: 'ignore',
		},
	);
	t.teardown(() => server.kill());
	const options = [
		...['-F none', `-i ${at('key')}`, '-o IdentitiesOnly=yes', '-o StrictHostKeyChecking=accept-new'],
		// It takes the server a moment to listen.
		'-o ConnectionAttempts=20',
		`-o UserKnownHostsFile=${at('known')}`,
	];
	return {host: `ssh://root@127.0.0.1:${port}`, client: `exec /usr/bin/ssh ${options.join(' ')} "$@"`};
};
