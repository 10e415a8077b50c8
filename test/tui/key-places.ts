import type {SessionState} from '../../source/session/state.js';
import {createKeyboard} from '../../source/tui/keymap/use-keys.js';
import type {Layer} from '../../source/view/binding.js';
import {createFakeClassroom} from '../tools/fakes/fake-classroom.js';
import type {HeldRun} from '../tools/fakes/fake-runner.js';
import {
	type FakeSession,
	type FakeSessionOptions,
	openFakeSession,
} from '../tools/fakes/open-fake-session.js';
import {askFirst} from '../tools/question-steps.js';
import {settled} from '../tools/settled.js';

/** What can be seen at a moment. `text`: the screen; empty where there is none. */
export type Seen = {state: SessionState; text: string; session: FakeSession; held: HeldRun | null};

/** Somewhere in a session, and what the screen would have on top of it. */
type Place = {
	/** A function where each session needs its own. */
	options?: FakeSessionOptions | (() => FakeSessionOptions);
	layer?: Layer;
	/** Pressed one after the other; text is typed. `RUN`: waits until a command runs. */
	path?: string[];
};

const step = 'build-simple-buildkit';
const nineStages = `${Array.from({length: 9}, (_, index) => `FROM alpine:3.13 AS s${index + 1}\nRUN true\n`).join('')}FROM s9\n`;
const playing: FakeSessionOptions = {stepId: 'build-parallel-buildkit', on: 'recording', speed: 1};
const typing: FakeSessionOptions = {stepId: step, history: ['docker ps', 'docker image ls']};

/** At one of the questions. */
const asking = (stepId: string): FakeSessionOptions => ({stepId, passed: [], changeWorkshop: askFirst});
/** Its step has a command with two blanks. */
const blanked: FakeSessionOptions = {
	stepId: step,
	changeWorkshop: workshop => ({
		...workshop,
		chapters: workshop.chapters.map(chapter => ({
			...chapter,
			steps: chapter.steps.map(one =>
				one.id === step
					? {...one, kind: 'blank', blanked: 'docker build -t {{?}} {{?}}', fills: ['a', '.']}
					: one,
			),
		})),
	}),
};

/** In a class whose teacher has said something. */
const taught = (): FakeSessionOptions => ({
	stepId: step,
	classroom: createFakeClassroom([{kind: 'say', text: 'Hello.'}]),
});

/** Where keys ask the session for something, by names. */
export const places = {
	'the welcome': {},
	'the welcome without an engine': {options: {prepare: ({engine}) => engine.stop()}},
	'the welcome of a recording': {options: {on: 'recording'}},
	'a step before it runs': {options: {stepId: step}},
	'a step whose command ran': {options: {stepId: step}, path: ['enter', 'END']},
	'a step with nine stages': {
		options: {stepId: step, prepare: (_, lab) => lab.write('simple/Dockerfile', nineStages)},
	},
	'a question with answers': {options: asking('which-stages')},
	'a question with answers, ticked': {options: asking('which-stages'), path: ['1']},
	'a question to type': {options: asking('how-many')},
	'the line of an answer': {options: asking('how-many'), path: ['a', '3']},
	'a text to read': {options: {stepId: 'read-simple'}},
	'a step at work': {options: {stepId: step}, path: ['HOLD', 'enter']},
	'a recording that plays': {options: playing, path: ['enter']},
	'a challenge': {options: {stepId: 'lab-port'}},
	'a step before extras': {options: {stepId: 'ask-expose'}},
	'a challenge that is all revealed': {options: {stepId: 'lab-port', progress: {hints: {'lab-port': 9}}}},
	'the end': {options: {stepId: 'cleanup'}, path: ['right']},
	'what has the whole screen': {options: {stepId: step}, path: ['enter', 'END'], layer: 'zoom'},
	'what has the whole screen, at work': {options: {stepId: step}, path: ['HOLD', 'enter'], layer: 'zoom'},
	'what has the whole screen, in a recording': {options: playing, path: ['enter'], layer: 'zoom'},
	'a search in it': {options: {stepId: step}, path: ['enter', 'END'], layer: 'search'},
	'a search in it, at work': {options: {stepId: step}, path: ['HOLD', 'enter'], layer: 'search'},
	'a command line': {options: typing, path: [':', ...'docker run']},
	'a command line of which a piece is in front': {
		options: typing,
		path: [':', ...'docker run', 'left', 'left', 'left'],
	},
	'a command with blanks': {options: blanked, path: ['enter']},
	'a recalled command': {options: typing, path: [':', 'up', 'up']},
	'a search of the history': {options: typing, path: [':', 'ctrl-r']},
	'the keys over a step': {options: {stepId: step}, path: ['?']},
	'the keys over a step at work': {options: {stepId: step}, path: ['HOLD', 'enter', '?']},
	'the chapters over a step': {options: {stepId: step}, path: ['g']},
	'the files over a step': {options: {stepId: step}, path: ['l']},
	'the machine': {
		options: {findings: [{id: 'node', verdict: 'passed', reason: 'Node is new enough.', next: null}]},
		path: ['m'],
	},
	'a class': {options: taught},
	'what has the whole screen, in a class': {options: taught, layer: 'zoom'},
	'the keys over a step in a class': {options: taught, path: ['?']},
	'a question': {options: {stepId: step}, path: ['q']},
	'a question at work': {options: {stepId: step}, path: ['HOLD', 'enter', 'q']},
} satisfies Record<string, Place>;

/** Somewhere that a key can be pressed. */
export type KeyStage = {look(): Seen; press(name: string): void};

export const openPlace = async ({
	options: given = {},
	layer = 'screen',
	path = [],
}: Place): Promise<KeyStage> => {
	const options = typeof given === 'function' ? given() : given;
	const session = openFakeSession(options);
	let held: HeldRun | null = null;
	const keyboard = createKeyboard(
		session,
		() => ({layer}),
		() => ({onAction() {}, onText() {}}),
	);
	// What lies on a pane lies there once the step has run.
	const before = createKeyboard(
		session,
		() => ({layer: 'screen'}),
		() => ({onAction() {}, onText() {}}),
	);
	session.begin();
	await session.settled();
	if (options.stepId !== undefined) before.press('enter');
	for (const name of path) {
		if (name === 'HOLD') {
			void session.backend.runner.hold().then(run => {
				held = run;
			});
		} else if (name === 'END') {
			await session.until(
				({runningStepId, runs, stepId}) => runningStepId === null && runs[stepId]?.phase === 'over',
				'the end of the run',
			);
		} else before.press(name);
	}
	if (path.includes('HOLD')) await settled(() => held, Boolean);
	return {look: () => ({state: session.getState(), text: '', session, held}), press: keyboard.press};
};
