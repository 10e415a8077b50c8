import {existsSync, readdirSync, readFileSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import test from 'ava';
import {readHandIn} from '../../source/classroom/hand-in.js';
import {createAnswersStore} from '../../source/storage/answers-store.js';
import {createResultsStore} from '../../source/storage/results-store.js';
import {temporaryFolder} from '../tools/child-environment.js';
import {resultOf} from '../tools/results.js';
import {runHere} from '../tools/run-here.js';

const {workshop, mode, ...step} = resultOf();

/** The home folder of a learner who has worked through two steps. */
const homeWithResults = (): string => {
	const home = temporaryFolder();
	const state = path.join(home, '.local', 'state', 'multistage-workshop');
	const steps = [step, {...step, step: 'lab-port', attempts: 3}];
	createResultsStore(state).record({
		...{workshop, mode, steps, step: null, ready: [], hand: false, handedIn: false},
	});
	createAnswersStore(state, 'multi-stage').keep({
		...{workshop, mode, challenge: 'lab-port', verdict: 'passed', finding: null},
		files: [{path: 'lab/Dockerfile', text: 'FROM scratch\n'}],
		commands: [['docker', 'run', '-e', 'PASSWORD=secret', 'whoami']],
	});
	return home;
};

const handIn = async (
	args: string[],
	{home = homeWithResults(), files = {} as Record<string, string>} = {},
) => {
	const cwd = temporaryFolder();
	for (const [name, text] of Object.entries(files)) writeFileSync(path.join(cwd, name), text);
	const result = await runHere(['hand-in', ...args], {home, cwd});
	return {...result, cwd};
};

test.serial('the file has the name, the results and the answers, and collects', async t => {
	const {exitCode, stdout, cwd} = await handIn(['--name', 'Ada Lovelace', '--yes']);
	t.is(exitCode, 0);
	t.is(stdout, 'Your results are in Ada-Lovelace.workshop.json: give this file to your teacher.\n');
	const {handIn: read, problem} = readHandIn(readFileSync(path.join(cwd, 'Ada-Lovelace.workshop.json')));
	t.is(problem, null);
	t.is(read?.name, 'Ada Lovelace');
	t.deepEqual(
		read?.results.map(one => one.step),
		['first-build', 'lab-port'],
	);
	t.is(read?.answers[0]?.files[0]?.text, 'FROM scratch\n');
	const collected = await runHere(['class', 'collect', '.', '--json'], {cwd});
	t.is(JSON.parse(collected.stdout).seats[0].name, 'Ada Lovelace');
});

test.serial('without consent, all that would be in it is shown, and nothing is written', async t => {
	const {exitCode, stdout, stderr, cwd} = await handIn(['--name', 'Ada']);
	t.is(exitCode, 0);
	t.is(stdout, 'Nothing was written.\n');
	for (const said of [
		/Ada\.workshop\.json will contain:/,
		/the name Ada, and the public key of your seat/,
		/2 results of 2 steps: verdict and finding, seconds/,
		/your answer to lab-port: the file lab\/Dockerfile; the line `docker run -e PASSWORD=secret whoami`/,
		/They were kept on this machine only/,
	])
		t.regex(stderr, said);
	t.deepEqual(readdirSync(cwd), []);
});

test.serial('an earlier hand-in file is replaced, and no other one', async t => {
	const home = homeWithResults();
	const first = await handIn(['a.workshop.json', '--name', 'Ada', '--yes'], {home});
	const text = readFileSync(path.join(first.cwd, 'a.workshop.json'), 'utf8');
	const again = await handIn(['a.workshop.json', '--name', 'Bo', '--yes'], {
		home,
		files: {'a.workshop.json': text},
	});
	t.is(again.exitCode, 0);
	t.regex(readFileSync(path.join(again.cwd, 'a.workshop.json'), 'utf8'), /"name":"Bo"/);
	const other = await handIn(['a.workshop.json', '--name', 'Bo', '--yes'], {
		home,
		files: {'a.workshop.json': '{"my":"notes"}'},
	});
	t.is(other.exitCode, 2);
	t.regex(other.stderr, /is something else than an earlier hand-in file/);
	t.is(readFileSync(path.join(other.cwd, 'a.workshop.json'), 'utf8'), '{"my":"notes"}');
});

for (const [what, {args, home, code, says}] of Object.entries<{
	args: string[];
	home?: string;
	code: number;
	says: RegExp;
}>({
	'without results': {
		args: ['--name', 'Ada', '--yes'],
		home: temporaryFolder(),
		code: 3,
		says: /There are no results to hand in yet\.\nNext: run a step first/,
	},
	'without a name': {args: ['--yes'], code: 2, says: /A hand-in file needs your name\./},
	'with a name of two lines': {args: ['--name', 'A\nB', '--yes'], code: 2, says: /can’t be used/},
	'with a terminal sequence as a name': {
		args: ['--name', 'A\u001B[2J', '--yes'],
		code: 2,
		says: /can’t be used/,
	},
	'with a file of another kind': {
		args: ['notes.txt', '--name', 'Ada', '--yes'],
		code: 2,
		says: /has to end in \.workshop\.json/,
	},
	'into a folder that is missing': {
		args: ['no/a.workshop.json', '--name', 'Ada', '--yes'],
		code: 3,
		says: /can’t be written/,
	},
})) {
	test.serial(`handing in ${what} says what is wrong, and writes nothing`, async t => {
		const {exitCode, stderr, cwd} = await handIn(args, home === undefined ? {} : {home});
		t.is(exitCode, code);
		t.regex(stderr, says);
		t.false(stderr.includes('\u001B'));
		t.deepEqual(readdirSync(cwd), []);
	});
}

for (const [name, file] of [
	['../../etc/passwd', 'etc-passwd'],
	['Zoë Ångström', 'Zoë-Ångström'],
	['李小龍', '李小龍'],
	['***', 'results'],
] as const) {
	test.serial(`the file of ${name} is ${file}.workshop.json`, async t => {
		const {cwd} = await handIn(['--name', name, '--yes']);
		t.true(existsSync(path.join(cwd, `${file}.workshop.json`)));
	});
}
