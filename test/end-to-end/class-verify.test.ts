import {mkdtempSync, readdirSync, readFileSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import test from 'ava';
import {type Answer, writeHandIn} from '../../source/classroom/hand-in.js';
import {listOverlayFiles} from '../../source/storage/workshop-files.js';
import {parseOverlay} from '../../source/workshop/parse-workshop.js';
import {engineTests} from '../engine/engines.js';
import {temporaryFolder} from '../tools/child-environment.js';
import {sampleOf} from '../tools/deep.js';
import {chainOf, createSeatKey, resultOf} from '../tools/results.js';
import {runCli} from '../tools/run-cli.js';
import {takeInventory} from './inventory.js';

const workshop = {id: 'multi-stage', hash: 'a'.repeat(64)};
const folder = 'workshops/multi-stage';

/** A shipped solution or attempt, as a learner would hand it in. */
const answerOf = (challenge: string, overlay: string): Answer => {
	const {overlay: read} = parseOverlay(
		'run.yaml',
		readFileSync(path.join(folder, overlay, 'run.yaml'), 'utf8'),
	);
	const finding = read?.finding ?? '';
	return {
		workshop,
		challenge,
		mode: 'real',
		verdict: finding === 'passed' ? 'passed' : 'failed',
		finding: finding === 'passed' ? null : finding,
		files: listOverlayFiles(folder, overlay).map(({file, source}) => ({
			path: file,
			text: readFileSync(source, 'utf8'),
		})),
		commands: read?.commands ?? [],
	};
};

const attemptsAt = (challenge: string): Answer[] =>
	readdirSync(path.join(folder, 'attempts', challenge)).map(name =>
		answerOf(challenge, `attempts/${challenge}/${name}`),
	);

/** A hand-in file with these answers. */
const handIn = (name: string, answers: Answer[]): string => {
	const key = createSeatKey();
	const file = path.join(mkdtempSync(path.join(temporaryFolder(), 'in-')), `${name}.workshop.json`);
	writeFileSync(file, writeHandIn(key, {name, results: chainOf(key, [resultOf()]), answers}));
	return file;
};

const solution = answerOf('lab-port', 'solutions/lab-port');

engineTests(
	(engineTest, name) => {
		if (name !== '26') return;

		engineTest('right and wrong answers get their verdicts again, and nothing is left', async (t, engine) => {
			const before = await takeInventory(engine);
			const right = [solution, answerOf('slim-whoami', 'solutions/slim-whoami')];
			const wrong = [
				...sampleOf(attemptsAt('lab-port'), 4),
				...sampleOf(attemptsAt('slim-whoami'), 1),
				...sampleOf(attemptsAt('lint-stage'), 1),
			];
			const files = [handIn('Ada', right), handIn('Bo', wrong)];
			const {stdout, stderr, exitCode} = await runCli(['class', 'verify', ...files, '--yes', '--json'], {
				env: engine.env,
				timeout: 400_000,
			});
			const {answers} = JSON.parse(stdout);
			t.deepEqual(
				answers.filter(({confirmed}: {confirmed: boolean}) => !confirmed),
				[],
				stderr,
			);
			t.is(answers.length, right.length + wrong.length);
			t.is(exitCode, 0, stderr);
			t.deepEqual(await takeInventory(engine), before);
		});

		engineTest(
			'an answer that claims to pass is found out, and a foreground run is judged',
			async (t, engine) => {
				const [first] = attemptsAt('lab-port').filter(({finding}) => finding === 'published-wrong-port');
				const claims: Answer[] = [
					{...(first ?? solution), verdict: 'passed', finding: null},
					{...solution, commands: [['docker', 'run', '--rm', '-p', '5000', 'whoami', '-port', '5000']]},
				];
				const {stdout, exitCode} = await runCli(['class', 'verify', handIn('Eve', claims), '--yes'], {
					env: engine.env,
					timeout: 400_000,
				});
				t.deepEqual(stdout.trim().split('\n'), [
					'Eve, lab-port: handed in as passed, now failed (published-wrong-port)',
					'Eve, lab-port: handed in as passed, now passed',
				]);
				t.is(exitCode, 1);
			},
		);
	},
	['26'],
);

const verify = async (file: string, args: string[] = []) =>
	runCli(['class', 'verify', file, ...args], {env: {PATH: '/nowhere'}});

test.serial('without consent, nothing runs, and all that would run is shown', async t => {
	const {stderr, stdout, exitCode} = await verify(handIn('Ada', [solution]));
	t.regex(stderr, /\["docker","run","-d","-p","5000","whoami","-port","5000"\]/);
	t.regex(stderr, /Nothing was run\./);
	t.is(stdout, '');
	t.is(exitCode, 2);
});

for (const [what, {answer, says}] of Object.entries<{answer: Answer; says: RegExp}>({
	'mounts the machine': {
		answer: {...solution, commands: [['docker', 'run', '-v', '/:/host', 'alpine:3.13', 'true']]},
		says: /not judged: `docker run -v \/:\/host alpine:3\.13 true` is not run again, because `--volume` may reach/,
	},
	'is of another workshop': {
		answer: {...solution, workshop: {id: 'other', hash: 'a'.repeat(64)}},
		says: /not judged: there is no workshop other with this challenge here/,
	},
	'is of a step that is no challenge': {
		answer: {...solution, challenge: 'first-build'},
		says: /not judged: there is no workshop multi-stage with this challenge here/,
	},
	'has a file elsewhere': {
		answer: {...solution, files: [{path: 'elsewhere/Dockerfile', text: ''}]},
		says: /not judged: elsewhere\/Dockerfile is not a file of this workshop/,
	},
})) {
	test.serial(`an answer that ${what} is not judged, and the reason is told`, async t => {
		const {stdout, exitCode} = await verify(handIn('Ada', [answer]), ['--yes']);
		t.regex(stdout, says);
		t.is(exitCode, 1);
	});
}

test.serial('the answers of an altered file do not count', async t => {
	const file = handIn('Ada', [solution]);
	writeFileSync(file, readFileSync(file, 'utf8').replace('"whoami"', '"alpine"'));
	const {stderr, exitCode} = await verify(file, ['--yes']);
	t.regex(stderr, /the name, an answer or the number of results was changed; the answers do not count\./);
	t.regex(stderr, /No file contains an answer/);
	t.is(exitCode, 2);
});
