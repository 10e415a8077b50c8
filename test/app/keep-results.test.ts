// In a process of its own: it changes the environment.
import {mkdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import test from 'ava';
import {keepResults} from '../../source/app/keep-results.js';
import {openWorkshop} from '../../source/app/open-workshop.js';
import {createInitialState, createRunView, type SessionState} from '../../source/session/state.js';
import {createStore, keepProgress} from '../../source/session/store.js';
import {loadAllAnswers} from '../../source/storage/answers-store.js';
import {createResultsStore} from '../../source/storage/results-store.js';
import {stateFolder} from '../../source/storage/state-folder.js';
import {temporaryFolder} from '../tools/child-environment.js';

const challenge = 'lab-port';
const wrong = {
	verdict: 'failed',
	finding: 'not-published',
	reason: 'No.',
	next: null,
	evidence: null,
} as const;
const right = {...wrong, verdict: 'passed', finding: 'passed'} as const;

/** A session in a new state folder, or in that of an earlier one. */
const open = (change: Partial<SessionState> = {}, state = temporaryFolder(), lab = temporaryFolder()) => {
	process.env.XDG_STATE_HOME = state;
	const opened = openWorkshop('multi-stage', lab);
	opened.lab.ensure();
	const store = createStore({
		...createInitialState(opened.workshop, {dialect: 'sh', labFolder: lab, builder: 'buildkit'}),
		// What the start state gets is no result.
		tried: {[challenge]: true},
		screen: 'step',
		stepId: challenge,
		...change,
	});
	store.dispatch({action: 'count-time', at: performance.now()});
	const step = opened.workshop.chapters.flatMap(({steps}) => steps).find(({id}) => id === challenge);
	if (!step) throw new Error('The challenge is gone.');
	const problems: string[] = [];
	const stop = keepResults({...store, notify: problem => problems.push(problem)}, opened);
	return {
		problems,
		store,
		stop,
		state,
		lab,
		write: (file: string, text: string) => writeFileSync(path.join(lab, file), text),
		type: (line: string) => {
			const view = createRunView(step, line, {isTyped: true});
			store.dispatch({action: 'show-run', view: {...view, runId: `${view.runId}-${line}`}});
		},
		judge: (verdict: typeof wrong | typeof right) => {
			store.dispatch({action: 'judge-challenge', stepId: challenge, verdict, at: ''});
		},
		answers: () => loadAllAnswers(stateFolder()),
		verdicts: () =>
			createResultsStore(stateFolder())
				.load()
				.map(({verdict}) => verdict),
		modes: () =>
			createResultsStore(stateFolder())
				.load()
				.map(({mode}) => mode),
	};
};

const run = ['docker', 'run', '-d', '-p', '5000', 'whoami'];

test.serial('an answer is what was typed up to its verdict, and the changed files', t => {
	const one = open();
	const file = 'simple/Dockerfile';
	one.type('docker run -d whoami');
	one.judge(wrong);
	t.deepEqual(one.answers()[0]?.files, []);
	one.write(file, 'FROM scratch\n');
	one.type('docker ps; sudo docker rm -f one && echo done | cat > x');
	one.type('docker run -d -p 5000 whoami');
	one.judge(right);
	const [answer, ...others] = one.answers();
	t.deepEqual(others, []);
	t.like(answer, {challenge, verdict: 'passed', finding: null, mode: 'real'});
	t.deepEqual(answer?.commands, [['docker', 'run', '-d', 'whoami'], ['docker', 'rm', '-f', 'one'], run]);
	t.deepEqual(answer?.files, [{path: file, text: 'FROM scratch\n'}]);
	t.deepEqual(one.verdicts(), ['failed', 'passed']);
	t.deepEqual(one.problems, []);
});

test.serial('what is typed after a pass does not change the answer', t => {
	const one = open();
	one.type(run.join(' '));
	one.judge(right);
	one.type('docker rm -f whoami');
	one.write('simple/Dockerfile', 'FROM scratch\n');
	one.judge(wrong);
	t.like(one.answers()[0], {verdict: 'passed', commands: [run], files: []});
	t.is(one.verdicts().at(-1), 'passed');
});

test.serial('the lines of an earlier session belong to the answer, and its pass stays', t => {
	const one = open();
	one.type('docker run -d whoami');
	one.judge(wrong);
	one.stop();
	const two = open({}, one.state, one.lab);
	two.type(run.join(' '));
	two.judge(right);
	two.stop();
	const passed = two.answers();
	t.deepEqual(passed[0]?.commands, [['docker', 'run', '-d', 'whoami'], run]);
	const three = open({passed: {[challenge]: {at: '', finding: 'passed'}}}, one.state, one.lab);
	three.type('docker rm -f whoami');
	t.deepEqual(three.answers(), passed);
});

test.serial('a pass whose lines nobody kept is a result without an answer', t => {
	const one = open({passed: {[challenge]: {at: '', finding: 'passed'}}});
	t.deepEqual(one.verdicts(), ['passed']);
	t.deepEqual(one.answers(), []);
});

test.serial('a pass is one result, with its attempt, once its run is over', t => {
	const one = open({runningStepId: challenge});
	one.judge(right);
	t.deepEqual(one.verdicts(), []);
	one.store.dispatch({action: 'end-run', stepId: challenge, captured: {}, isJudged: true});
	t.deepEqual(one.verdicts(), ['passed']);
});

test.serial('what passed in a recording is never a result of an engine', t => {
	const one = open();
	const {workshop} = one.store.getState();
	const progress = {
		format: 1 as const,
		workshop: workshop.id,
		stepId: challenge,
		passed: {[challenge]: {at: '', finding: 'passed'}},
		hints: {},
		captured: {},
		builder: null,
		labFolder: one.lab,
		engineId: null,
	};
	const load = () => ({progress, problem: null, readOnly: false});
	keepProgress(one.store, {progress: {load, save: () => null}, replay: {engines: ['26']}});
	t.deepEqual(one.modes(), ['recorded']);
});

test.serial('answers in a recording are kept apart', t => {
	const one = open({replay: {pace: 1, engines: ['26']}});
	one.type(run.join(' '));
	one.judge(right);
	one.stop();
	const two = open({}, one.state, one.lab);
	two.judge(wrong);
	t.deepEqual(
		two.answers().map(({mode, verdict}) => `${mode} ${verdict}`),
		['recorded passed', 'real failed'],
	);
});

test.serial('lines that were typed in another folder are not kept', t => {
	const one = open({shell: {folder: '/tmp', variables: {}, builder: null}});
	one.type('docker build .');
	one.judge(wrong);
	t.deepEqual(one.answers()[0]?.commands, []);
});

test.serial('large, binary and kept files are no part of an answer, and a missing one is', t => {
	const one = open();
	one.write('simple/large', 'x'.repeat(70_000));
	one.write('simple/binary', 'a\0b');
	one.write('simple/Dockerfile.mine', 'FROM scratch\n');
	one.write('simple/own', 'mine\n');
	rmSync(path.join(one.lab, 'simple/Dockerfile'));
	one.judge(wrong);
	t.deepEqual(one.answers()[0]?.files, [
		{path: 'simple/Dockerfile', text: null},
		{path: 'simple/own', text: 'mine\n'},
	]);
});

test.serial('the second copy of the program, which saves no progress, keeps nothing', t => {
	const one = open({readOnly: true});
	one.type(run.join(' '));
	one.judge(right);
	t.deepEqual(one.verdicts(), []);
	t.deepEqual(one.answers(), []);
});

test.serial('what can’t be kept is told once', t => {
	const state = temporaryFolder();
	mkdirSync(path.join(state, 'multistage-workshop'), {recursive: true});
	writeFileSync(path.join(state, 'multistage-workshop', 'class'), 'a file');
	const one = open({}, state);
	one.judge(wrong);
	one.judge(right);
	t.is(one.problems.length, 1);
	t.regex(one.problems[0] ?? '', /^Your results can’t be saved: /);
	t.is(readFileSync(path.join(state, 'multistage-workshop', 'class'), 'utf8'), 'a file');
});
