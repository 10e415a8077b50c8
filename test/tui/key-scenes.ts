import type {ExecutionContext} from 'ava';
import type {SessionState} from '../../source/session/state.js';
import {
	type FakeSession,
	type FakeSessionOptions,
	openFakeSession,
} from '../tools/fakes/open-fake-session.js';
import {keys} from '../tools/terminal.js';
import {type DrawnScreen, openSessionScreen} from './open-emulated.js';

export type Size = {columns: number; rows: number};

/** A session on a screen, at the place where a key is pressed. */
type Stage = {session: FakeSession; screen: DrawnScreen};

type Open = (t: ExecutionContext, size: Size) => Promise<Stage>;

/** A step that is built by BuildKit. */
const buildStep = 'build-simple-buildkit';

/** Lines of a command that are more and longer than any screen here. */
const manyLines = Array.from({length: 80}, (_, index) => `line ${index + 1} ${'-'.repeat(130)} end`);
const printsMany: FakeSessionOptions['script'] = ({stepId}) =>
	stepId === 'run-simple' ? {prints: [{text: `${manyLines.join('\n')}\n`}]} : null;

const open = async (t: ExecutionContext, size: Size, options: FakeSessionOptions): Promise<Stage> => {
	const session = openFakeSession(options);
	const screen = openSessionScreen(t, session, {...size, handover: session.handover});
	await session.settled();
	return {session, screen};
};

/** At a step, after keys that are pressed one after the other; each is told what it brings. */
const at =
	(
		options: FakeSessionOptions,
		...path: Array<[press: string, brings: (state: SessionState, rows: string[]) => boolean]>
	): Open =>
	async (t, size) => {
		const stage = await open(t, size, options);
		if (options.stepId !== undefined) {
			stage.screen.press(keys.enter);
			await stage.session.until(({screen}) => screen === 'step', 'the step');
		}
		await follow(stage, path);
		return stage;
	};

const follow = async (
	{session, screen}: Stage,
	path: Array<[press: string, brings: (state: SessionState, rows: string[]) => boolean]>,
): Promise<void> => {
	for (const [press, brings] of path) {
		screen.press(press);
		await screen.waitUntil(rows => brings(session.getState(), rows), `what ${JSON.stringify(press)} brings`);
	}
};

const shows =
	(text: string | RegExp) =>
	(_: SessionState, rows: string[]): boolean =>
		typeof text === 'string' ? rows.join('\n').includes(text) : text.test(rows.join('\n'));
const isOver = ({runningStepId, runs, stepId}: SessionState): boolean =>
	runningStepId === null && runs[stepId]?.phase === 'over';
const zoomedLines = [
	[keys.enter, isOver],
	['z', shows(' · end')],
] as const satisfies Parameters<typeof follow>[1];
const printed: FakeSessionOptions = {
	stepId: 'run-simple',
	script: printsMany,
	prepare: backend => backend.engine.addImage({tags: ['simple:latest']}),
};
/** Places where keys mean something to the screen, by their names. */
export const scenes = {
	'a step': at({stepId: buildStep}),
	'a step to read': at({stepId: 'read-simple'}),
	'a built step': at({stepId: buildStep}, [keys.enter, isOver], ['', shows('t timeline')]),
	'a build with its timeline': at(
		{stepId: buildStep},
		[keys.enter, isOver],
		['', shows('t timeline')],
		['t', shows('t panes')],
	),
	'a build with its Dockerfile': at(
		{stepId: buildStep},
		[keys.enter, isOver],
		['', shows('d Dockerfile')],
		['d', shows('d text')],
	),
	'a text that has the whole screen': at({stepId: 'read-simple'}, ['z', shows('esc back')]),
	'a zoomed pane': at(printed, ...zoomedLines),
	'a zoomed pane at its beginning': at(printed, ...zoomedLines, ['<', shows('lines 1–')]),
	'a zoomed pane moved to the right': at(printed, ...zoomedLines, [keys.right, shows('…-')]),
	'a zoomed stage': at({stepId: buildStep}, [keys.enter, isOver], ['z', shows('z back')]),
	'a zoomed pane with matches': at(
		printed,
		...zoomedLines,
		['/', shows('enter search')],
		['line 7', shows('/line 7')],
		[keys.enter, shows('▸')],
	),
	'a search': at(printed, ...zoomedLines, ['/', shows('enter search')], ['line 7', shows('/line 7')]),
	'the list of keys': at({stepId: buildStep}, ['?', shows('enter back')]),
	'the list of keys, scrolled': at(
		{stepId: buildStep},
		['?', shows('enter back')],
		[keys.pageDown, shows('above')],
	),
	'the chapters': at({stepId: buildStep}, ['g', shows('enter go there')]),
	'the files': at({stepId: buildStep, editor: ['vi']}, ['l', shows('▸ simple/Dockerfile')]),
	'a long question': at({consent: longConsent()}, ['', shows('▼')]),
	'a long question, scrolled': at(
		{consent: longConsent()},
		['', shows('▼')],
		[keys.pageDown, shows('above')],
	),
	'a long text, scrolled': at({stepId: buildStep}, ['', shows('▼')], [keys.pageDown, shows('above')]),
} satisfies Record<string, Open>;

function longConsent(): NonNullable<FakeSessionOptions['consent']> {
	const lines = Array.from({length: 80}, (_, index) => `It runs command ${index + 1}.`);
	const choices = [
		{key: 'n', label: 'only read', answer: 'no'},
		{key: 'y', label: 'trust it', answer: 'yes'},
	];
	return {
		pending: () => ({question: {title: 'Do you trust it?', lines, choices}, agree: () => null}),
	};
}
