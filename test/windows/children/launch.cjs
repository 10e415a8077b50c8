// Runs under the Windows Node: starts each run that the file argv[2] lists, one after the other, and writes what came
// of it to argv[3]. It is needed for its standard output (a Node under Wine can't write to a descriptor of Unix), and
// hands over arguments, folder and environment as they are, which cmd would not.
const {spawnSync} = require('node:child_process');
const {closeSync, openSync, readFileSync, writeFileSync} = require('node:fs');
const process = require('node:process');

const [, , asked, answered] = process.argv;
/** What Windows itself sets; nothing else comes in from outside. */
const own = ['SystemRoot', 'SystemDrive', 'windir', 'ComSpec', 'PATHEXT', 'OS', 'NODE_SKIP_PLATFORM_CHECK'];
const inherited = Object.fromEntries(
	own.map(name => [name, process.env[name]]).filter(([, value]) => value !== undefined),
);

const results = JSON.parse(readFileSync(asked, 'utf8')).map(({args, cwd, env, stdin, files}) => {
	writeFileSync(files.stdin, stdin);
	const descriptors = [openSync(files.stdin, 'r'), openSync(files.stdout, 'w'), openSync(files.stderr, 'w')];
	const {status, error} = spawnSync(process.execPath, args, {
		cwd,
		env: {...inherited, ...env},
		stdio: descriptors,
		timeout: 60_000,
	});
	for (const descriptor of descriptors) closeSync(descriptor);
	return {exitCode: status, error: error?.message ?? null};
});
writeFileSync(answered, JSON.stringify(results));
