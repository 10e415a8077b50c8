// In a process of its own: it changes the language of everything.
import test, {type ExecutionContext} from 'ava';
import {messages as english} from '../../source/messages/en/index.js';
import {messages, setMessages} from '../../source/messages/index.js';
import {selectCommandLine} from '../../source/session/select-wording.js';
import type {SessionState} from '../../source/session/state.js';
import {widthOf} from '../../source/text/width.js';
import {findBinding} from '../../source/view/find-binding.js';
import {createFakeClassroom} from '../tools/fakes/fake-classroom.js';
import type {HeldRun} from '../tools/fakes/fake-runner.js';
import {
	type FakeSession,
	type FakeSessionOptions,
	openFakeSession,
} from '../tools/fakes/open-fake-session.js';
import {pseudoLanguage} from '../tools/pseudo-language.js';
import {settled} from '../tools/settled.js';
import {keys} from '../tools/terminal.js';
import {crookedBorders} from '../tui/crooked-borders.js';
import {type DrawnScreen, openSessionScreen} from '../tui/open-emulated.js';
import {asking, predictEach} from './asking.js';
import {englishWords} from './english-words.js';
import {foreignWorkshop} from './foreign-workshop.js';

test.before(() => setMessages(pseudoLanguage()));
test.after.always(() => setMessages(english));

/** A session on a screen. */
type Stage = {session: FakeSession; screen: DrawnScreen; held: HeldRun | null};

/** A part of the way to a screen: a key, a text that is typed, or what is waited for or done. */
type Move = string | ((stage: Stage) => unknown);

/** A screen that is looked at. */
type Scene = {
	options?: FakeSessionOptions;
	path?: Move[];
	/** A text of it. */
	has: () => string;
	/** It is before the shown step, which the options name. */
	isWelcome?: true;
	/** Something else has the room of the step's command, where there is little or at all. */
	hidesCommand?: true;
};

const build = 'build-simple-buildkit';
const hold: Move = stage => void stage.session.backend.runner.hold().then(run => (stage.held = run));
const holdStubborn: Move = stage =>
	void stage.session.backend.runner.hold({isStubborn: true}).then(run => (stage.held = run));
const running: Move = stage => settled(() => stage.held, Boolean);
const over: Move = ({session}) =>
	session.until(
		({runningStepId, runs, stepId}) => runningStepId === null && runs[stepId]?.phase === 'over',
		'the end of the run',
	);
const asked: Move = ({session}) => session.until(({question}) => question !== null, 'a question');
const seen =
	(text: () => string): Move =>
	({screen}) =>
		screen.waitFor(text());
const footer = (name: keyof typeof english.keys.footer) => () => messages.keys.footer[name];
const printed = {
	stepId: 'run-simple',
	prepare: ({engine}) => engine.addImage({tags: ['simple:latest']}),
} satisfies FakeSessionOptions;
const predicting: FakeSessionOptions = {...printed, changeWorkshop: predictEach};
const image = `sha256:${'9'.repeat(64)}`;
const container = '7'.repeat(64);
const leftovers: FakeSessionOptions = {
	ledger: [
		{kind: 'image', engine: 'ABCD', id: image},
		{kind: 'container', engine: 'ABCD', id: container, stepId: 'run-whoami'},
	],
	prepare({engine}) {
		engine.addImage({id: image, tags: ['whoami:latest']});
		engine.addContainer({id: container, name: 'whoami1', image: 'whoami', imageId: image});
	},
};
const everyStep = openFakeSession()
	.getState()
	.workshop.chapters.flatMap(({steps}) => steps.map(({id}) => id));
const zoomed: Move[] = [
	keys.enter,
	over,
	seen(() => messages.keys.enter.nextStep),
	'z',
	seen(footer('matches')),
];

const scenes: Record<string, Scene> = {
	'the welcome': {has: () => messages.keys.enter.start},
	'the welcome of a later session': {
		options: {stepId: build},
		has: () => messages.keys.enter.start,
		isWelcome: true,
	},
	'the welcome without an engine': {
		options: {prepare: ({engine}) => engine.stop()},
		has: () => messages.tui.header.noEngine,
	},
	'the welcome of a recording': {options: {on: 'recording'}, has: () => messages.tui.header.recorded},
	'this machine': {path: ['m'], has: footer('lookAgain')},
	'a text to read': {options: {stepId: 'read-simple'}, has: () => messages.keys.enter.doneReading},
	'a switch of the builder': {
		options: {stepId: 'disable-buildkit'},
		has: () => messages.keys.enter.switchBuilder,
	},
	'a step that needs another': {
		options: {stepId: 'compare-images', passed: []},
		has: () => messages.keys.enter.stepBefore,
	},
	'a question with answers': {options: asking('which-stages'), path: ['1'], has: () => '[x]'},
	'a question that is answered wrong': {
		options: asking('which-stages'),
		path: ['1', keys.enter],
		has: () => messages.view.question.wrong,
	},
	'a question with several right answers': {
		options: asking('what-stays'),
		path: ['1', keys.enter],
		has: () => messages.view.question.wrong,
	},
	'the line of an answer': {
		options: asking('how-many'),
		path: ['a', '3'],
		has: () => messages.tui.yourAnswer,
	},
	'a typed answer': {
		options: asking('how-many'),
		path: ['a', '3', keys.enter],
		has: () => messages.view.question.right,
	},
	'seconds to predict': {
		options: predicting,
		path: ['a', '900', keys.enter],
		has: () => messages.view.prediction.expected,
	},
	'a wrong prediction': {
		options: predicting,
		path: ['a', '900', keys.enter, keys.enter, over],
		hidesCommand: true,
		has: () => messages.keys.enter.nextStep,
	},
	'a build to predict': {options: {stepId: build}, path: ['1', '3'], has: () => '[x]'},
	'a build at work': {options: {stepId: build}, path: [hold, keys.enter, running], has: footer('cancel')},
	'a build that is cancelled': {
		options: {stepId: build},
		path: [holdStubborn, keys.enter, running, 'c', seen(() => messages.tui.step.cancelling.slice(0, 10))],
		has: footer('cancel'),
	},
	'a build that fails': {
		options: {stepId: build, script: ({stepId}) => (stepId === build ? {ends: 1} : null)},
		path: [keys.enter, over],
		// What became of it needs the room.
		hidesCommand: true,
		has: () => messages.keys.enter.runAgain,
	},
	'a build that was cancelled': {
		options: {stepId: build},
		path: [hold, keys.enter, running, 'c', over],
		has: () => messages.keys.enter.runAgain,
	},
	'a build that is over': {
		options: {stepId: build},
		path: ['1', '3', keys.enter, over],
		has: footer('timeline'),
	},
	'its timeline': {
		options: {stepId: build},
		path: [keys.enter, over, seen(footer('timeline')), 't'],
		hidesCommand: true,
		has: footer('panes'),
	},
	'its Dockerfile': {
		options: {stepId: build},
		path: [keys.enter, over, seen(footer('timeline')), 'd'],
		hidesCommand: true,
		has: footer('text'),
	},
	'a stage that has the whole screen': {
		options: {stepId: build},
		path: zoomed,
		has: footer('matches'),
		hidesCommand: true,
	},
	'both builders': {
		options: {stepId: 'build-parallel-legacy'},
		path: [keys.enter, over, keys.right, keys.enter, over, seen(footer('timeline')), 't'],
		hidesCommand: true,
		has: footer('panes'),
	},
	'both builds, by instruction': {
		options: {workshop: 'build-cache', stepId: 'build-careless'},
		path: [keys.enter, over, keys.right, keys.enter, over, seen(footer('timeline')), 't'],
		hidesCommand: true,
		has: footer('panes'),
	},
	'a command at work': {
		options: printed,
		path: [hold, keys.enter, running],
		has: () => messages.tui.run.phases.running,
	},
	'a command that is over': {
		options: printed,
		path: [keys.enter, over],
		has: () => messages.keys.enter.nextStep,
	},
	'a step while another is at work': {
		options: printed,
		path: [hold, keys.enter, running, keys.left],
		has: footer('cancel'),
	},
	'a pane that has the whole screen': {
		options: printed,
		path: zoomed,
		has: footer('matches'),
		hidesCommand: true,
	},
	'a search in it': {options: printed, path: [...zoomed, '/'], hidesCommand: true, has: footer('search')},
	'a search that finds nothing': {
		options: printed,
		path: [...zoomed, '/', 'жж', keys.enter],
		hidesCommand: true,
		has: () => messages.tui.zoom.notFound('жж').slice(0, 12),
	},
	'sizes that are compared': {
		options: {stepId: 'compare-images'},
		path: [keys.enter, over],
		has: () => messages.keys.enter.nextStep,
	},
	'a challenge': {options: {stepId: 'lab-port'}, has: footer('command')},
	'a challenge that is all revealed': {
		options: {stepId: 'lab-port', progress: {hints: {'lab-port': 9}}},
		has: footer('solution'),
	},
	'a challenge in a recording': {options: {stepId: 'lab-port', on: 'recording'}, has: footer('command')},
	'a challenge after a command of one’s own': {
		options: {stepId: 'lab-port', on: 'recording'},
		path: [':', seen(footer('complete')), 'docker run -d -p 8080:80 whoami', keys.enter, over],
		has: () => messages.keys.footer.command,
	},
	'a command line': {
		options: {stepId: build, history: ['docker ps']},
		path: [':', 'docker'],
		has: footer('complete'),
	},
	'a search of the history': {
		options: {stepId: build, history: ['docker ps']},
		path: [':', seen(footer('complete')), '\u0012', seen(footer('leaveSearch')), 'ps'],
		has: footer('leaveSearch'),
	},
	'a class': {
		options: {
			stepId: build,
			classroom: createFakeClassroom(
				[
					{kind: 'pace', workshop: 'multi-stage', chapter: 'lab'},
					{kind: 'countdown', seconds: 600},
					{kind: 'say', text: 'ж'.repeat(100)},
					{kind: 'say', text: 'ж'},
				],
				'ж',
			),
		},
		path: ['!'],
		has: () => messages.tui.class.handUp,
	},
	'a class that is ahead of nobody': {
		options: {
			stepId: 'lab-port',
			classroom: createFakeClassroom([{kind: 'pace', workshop: 'multi-stage', chapter: 'buildkit'}], 'ж'),
		},
		has: () => messages.tui.class.handUp,
		path: ['!'],
	},
	'the chapters': {options: {stepId: build}, path: ['g'], has: footer('goThere')},
	'the files': {options: {stepId: build, editor: ['vi']}, path: ['l'], has: footer('openInEditor')},
	'all keys': {options: {stepId: build}, path: ['?'], has: () => messages.keys.heading},
	'all keys, further down': {
		options: {stepId: build},
		path: ['?', seen(() => messages.keys.heading), keys.pageDown],
		has: () => messages.keys.help.builder.slice(0, 8),
	},
	'an optional step': {
		options: {stepId: 'ask-expose', passed: everyStep},
		path: ['x', ({session}) => session.until(({stepId}) => stepId !== 'ask-expose', 'the optional step')],
		has: footer('keys'),
	},
	'the end when every step has passed': {
		options: {stepId: 'cleanup', passed: everyStep},
		path: [keys.right],
		has: () => messages.keys.enter.leave,
	},
	'the end': {options: {stepId: 'cleanup'}, path: [keys.right], has: () => messages.keys.enter.leave},
	'whether to leave': {options: {stepId: build}, path: ['q', asked], has: () => '(esc)'},
	'whether an engine elsewhere may be used': {
		options: {stepId: build, identity: {local: false, endpoint: 'ssh://far', address: '10.0.0.7'}},
		path: [keys.enter, asked],
		has: () => '(esc)',
	},
	'whether a name may be taken': {
		options: {stepId: build, prepare: ({engine}) => engine.addImage({tags: ['simple:buildkit']})},
		path: [keys.enter, asked],
		has: () => '(esc)',
	},
	'what is removed': {
		options: {stepId: 'cleanup', ...leftovers},
		path: [keys.enter, asked],
		has: () => '(esc)',
	},
	'whether a saved file is built': {
		options: {stepId: build},
		path: [
			({session}) =>
				session.lab.write('simple/Dockerfile', `${session.lab.read('simple/Dockerfile') ?? ''}# x\n`),
			asked,
		],
		has: () => '(esc)',
	},
};

/** How long a frame may take to be right, in milliseconds. */
const patience = 20_000;

const sizes = [
	{columns: 120, rows: 36},
	{columns: 80, rows: 24},
	{columns: 40, rows: 12},
];

const open = async (t: ExecutionContext, {options = {}, path = [], isWelcome}: Scene): Promise<Stage> => {
	const session = openFakeSession({changeWorkshop: foreignWorkshop, ...options});
	const screen = openSessionScreen(t, session, {columns: 120, rows: 36, handover: session.handover});
	const stage: Stage = {session, screen, held: null};
	await session.settled();
	if (options.stepId !== undefined && !isWelcome) {
		await screen.waitFor(messages.keys.enter.start);
		screen.press(keys.enter);
		await session.until(({screen: shown}) => shown === 'step', 'the step');
	}
	for (const move of path) {
		if (typeof move === 'string') screen.press(move);
		else await move(stage);
	}
	return stage;
};

/** What is wrong with a frame. */
const faults = (
	{hidesCommand}: Scene,
	size: {columns: number; rows: number},
	{session, screen}: Stage,
): string[] => {
	const rows = screen.screen();
	const state = session.getState();
	const frame = rows.slice(0, size.rows - 1);
	const foot = frame.at(-1) ?? '';
	const enter = state.question ?? findBinding(state, 'enter');
	return [
		...englishWords(rows.join('\n'), state).map(word => `“${word}” is English.`),
		...rows.filter(row => widthOf(row) > size.columns).map(row => `“${row}” is too wide.`),
		...(rows.length === size.rows && rows.at(-1) === '' ? [] : ['The last row is not empty.']),
		...(frame[0]?.trim() ? [] : ['There is no header.']),
		...(enter && !/(?:^|[ /])(?:enter|z) /.test(foot) ? [`The footer lacks enter: ${foot}`] : []),
		...(size.rows < 24 || hidesCommand || hasCommand(state, frame) ? [] : ['The command is out of sight.']),
		...crookedBorders(screen, size),
	];
};

/** Where the text of a step stands beside what else there is to see, its command does. */
const hasCommand = (state: SessionState, rows: string[]): boolean => {
	const isText = state.screen === 'step' && !state.overlay && !state.question;
	const command = isText ? selectCommandLine(state) : null;
	return (
		command === null ||
		rows.join('').replaceAll(/[ │]/g, '').includes(command.slice(0, 12).replaceAll(' ', ''))
	);
};

for (const [name, scene] of Object.entries(scenes)) {
	test.serial(`${name}: nothing is said in English, and no size breaks`, async t => {
		const stage = await open(t, scene);
		const {screen} = stage;
		await screen.waitFor(scene.has());
		for (const size of sizes) {
			screen.resize(size.columns, size.rows);
			const found = await settled(
				() => faults(scene, size, stage),
				({length}) => length === 0,
				patience,
			);
			t.deepEqual(found, [], `${size.columns}×${size.rows}\n${screen.screen().join('\n')}`);
		}
		stage.held?.end();
	});
}
