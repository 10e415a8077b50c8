import test from 'ava';
import {classView} from '../../source/session/select-class.js';
import type {SessionState} from '../../source/session/state.js';
import type {Binding} from '../../source/view/binding.js';
import {keymap} from '../../source/view/keymap.js';
import {settled} from '../tools/settled.js';
import {keys} from '../tools/terminal.js';
import {type KeyStage, openPlace, places, type Seen} from './key-places.js';
import {type Size, scenes} from './key-scenes.js';

// Every key of the keymap, in each layer where it is listed. What a key asks the session for is looked at where there is
// no screen, what it does to the screen on a real one. A binding without a row here is a failure.

type Row = {
	in: keyof typeof scenes | keyof typeof places;
	/** Default: all keys of the binding. */
	keys?: string[];
	/** Where there has to be less room. */
	size?: Size;
	/** True once the key has done what it is for, and not before it was pressed. */
	brings: (now: Seen, before: Seen) => boolean;
};

const wide = {columns: 120, rows: 36};
const low = {columns: 80, rows: 16};

const run = ({state}: Seen) => state.runs[state.stepId];
const line = ({state}: Seen) => state.commandLine;
const hasMoved = (now: Seen, before: Seen): boolean => now.text !== before.text && now.state === before.state;
const isCancelling = ({held}: Seen): boolean => held?.isCancelled() ?? false;
const hasStopped = ({session}: Seen): boolean => session.stops() === 1;
const isRecording = ({state}: Seen): boolean =>
	state.engine.status === 'ready' && state.engine.identity.recorded !== null;
const asksToLeave = ({state}: Seen): boolean => state.question?.title === 'Leave the workshop?';
const isHandUp = ({state}: Seen): boolean => classView.of(state)?.isHandUp === true;
const hasNoNote = ({state}: Seen): boolean => classView.of(state)?.notes.length === 0;
const hasEnded = ({state}: Seen): boolean => state.ending !== null;
const shows =
	(text: string | RegExp) =>
	({text: seen}: Seen): boolean =>
		typeof text === 'string' ? seen.includes(text) : text.test(seen);
const opens =
	(overlay: SessionState['overlay']) =>
	({state}: Seen): boolean =>
		state.overlay === overlay;
const edits =
	(text: string, cursor = text.length) =>
	(now: Seen): boolean =>
		line(now)?.text === text && line(now)?.cursor === cursor;

const predicts = (place: number): Row[] => [
	{in: 'a step with nine stages', brings: ({state}) => state.predictions[state.stepId]?.[0] === `s${place}`},
];
const scrollsBack = (key: string): Row[] => [
	{in: 'a long text, scrolled', keys: [key], size: low, brings: hasMoved},
];

/** By layer and what the key does, as `idOf` tells it. */
const rows: Record<string, Row[]> = {
	'zoom: zoom': [{in: 'a zoomed stage', brings: shows(/enter next step/)}],
	'zoom: search': [{in: 'a zoomed pane', brings: shows('enter search')}],
	'zoom: next-match': [{in: 'a zoomed pane with matches', brings: hasMoved}],
	'zoom: previous-match': [{in: 'a zoomed pane with matches', brings: hasMoved}],
	'zoom: copy': [
		{
			in: 'a zoomed pane',
			brings: ({state, session}) =>
				session.backend.copies.size === 1 && /^Copied 80 lines to/.test(state.notice ?? ''),
		},
	],
	'zoom: home': [{in: 'a zoomed pane', brings: shows('lines 1–')}],
	'zoom: end': [{in: 'a zoomed pane at its beginning', brings: shows('of 80 · end')}],
	'zoom: left': [{in: 'a zoomed pane moved to the right', brings: shows(/ line 80 -/)}],
	'zoom: right': [{in: 'a zoomed pane', brings: shows('…-')}],
	'zoom: next-pane': [{in: 'a zoomed stage', brings: hasMoved}],
	'zoom: cancel': [{in: 'what has the whole screen, at work', brings: isCancelling}],
	'zoom: skip-to-end': [
		{in: 'what has the whole screen, in a recording', brings: now => run(now)?.phase === 'over'},
	],
	'zoom: play-faster': [
		{in: 'what has the whole screen, in a recording', brings: ({state}) => state.replay?.pace === 4},
	],
	'zoom: up': [{in: 'a zoomed pane', brings: hasMoved}],
	'zoom: down': [{in: 'a zoomed pane at its beginning', brings: shows('lines 2–')}],
	'zoom: page-up': [{in: 'a zoomed pane', brings: hasMoved}],
	'zoom: page-down': [{in: 'a zoomed pane at its beginning', brings: hasMoved}],
	'zoom: open-overlay keys': [{in: 'what has the whole screen', brings: opens('keys')}],
	'zoom: quit': [{in: 'what has the whole screen', brings: asksToLeave}],
	'zoom: stop-program': [{in: 'what has the whole screen', brings: hasStopped}],
	'search: find': [{in: 'a search', brings: shows('▸')}],
	'search: leave-search': [{in: 'a search', brings: shows('z back')}],
	'search: erase': [{in: 'a search', brings: shows(/\/line {2}/)}],
	'search: cancel': [{in: 'a search in it, at work', brings: isCancelling}],
	'search: quit': [{in: 'a search in it', brings: asksToLeave}],
	'search: stop-program': [{in: 'a search in it', brings: hasStopped}],
	'screen: go-on': [
		{in: 'the welcome', brings: ({state}) => state.screen === 'step'},
		{in: 'the welcome without an engine', brings: isRecording},
		{in: 'a step before it runs', brings: ({state}) => state.passed['build-simple-buildkit'] !== undefined},
		{in: 'a step whose command ran', brings: ({state}) => state.stepId === 'run-simple-buildkit'},
		{in: 'a text to read', brings: ({state}) => state.stepId === 'build-simple'},
		{in: 'the end', brings: hasEnded},
		{in: 'a question with answers', brings: ({state}) => state.stepId === 'what-stays'},
		{in: 'a question with answers, ticked', brings: ({state}) => state.answers['which-stages'] !== undefined},
	],
	'screen: type-answer': [{in: 'a question to type', brings: now => line(now)?.isAnswer === true}],
	'command: give-answer': [
		{in: 'the line of an answer', brings: ({state}) => state.answers['how-many']?.first === 'right'},
	],
	'screen: edit-command': [
		{in: 'a step before it runs', brings: edits('docker build -t simple:buildkit ./simple')},
		{in: 'a step whose command ran', brings: edits('docker build -t simple:buildkit ./simple')},
	],
	'screen: type-command': [{in: 'a step before it runs', brings: edits('')}],
	'screen: cancel': [{in: 'a step at work', brings: isCancelling}],
	'screen: use-recording': [{in: 'the welcome without an engine', brings: isRecording}],
	'screen: skip-to-end': [{in: 'a recording that plays', brings: now => run(now)?.phase === 'over'}],
	'screen: play-faster': [{in: 'a recording that plays', brings: ({state}) => state.replay?.pace === 4}],
	'screen: next-recording': [
		{
			in: 'the welcome of a recording',
			brings: ({state}) => state.engine.status === 'ready' && /^26\./.test(state.engine.identity.version),
		},
	],
	'screen: try-engine-again': [
		{
			in: 'the welcome without an engine',
			brings({state, session}) {
				session.backend.engine.start();
				return state.engine.status === 'ready';
			},
		},
	],
	'screen: open-overlay doctor': [{in: 'the welcome', brings: opens('doctor')}],
	'overlay: examine-again': [
		{in: 'the machine', brings: (now, before) => now.state.findings !== before.state.findings},
	],
	'screen: run': [
		{in: 'a step before it runs', brings: now => run(now)?.phase === 'over'},
		{in: 'a step whose command ran', brings: (now, before) => run(now)?.runId !== run(before)?.runId},
	],
	'overlay: choose': [
		{
			in: 'the chapters',
			keys: ['enter'],
			brings: ({state}) => state.overlay === null && state.stepId === 'build-simple-buildkit',
		},
		{
			in: 'the files',
			brings: ({session}) =>
				session.backend.runner.started.some(({argv}) => argv.join(' ').startsWith('vi /home/ada/')),
		},
	],
	'overlay: close-overlay': [
		{in: 'the keys over a step', brings: opens(null)},
		{in: 'the machine', brings: opens(null)},
		{in: 'the chapters over a step', keys: ['escape', 'g', '?', 'l', 'm'], brings: opens(null)},
		{in: 'the files over a step', keys: ['escape', 'g', '?', 'l', 'm'], brings: opens(null)},
	],
	...Object.fromEntries([1, 2, 3, 4, 5, 6, 7, 8, 9].map(place => [`screen: tick ${place}`, predicts(place)])),
	'screen: timeline': [
		{in: 'a built step', brings: shows('t panes')},
		{in: 'a build with its timeline', brings: shows('t timeline')},
	],
	'screen: dockerfile': [
		{in: 'a built step', brings: shows('d text')},
		{in: 'a build with its Dockerfile', brings: shows('d Dockerfile')},
	],
	'screen: next-pane': [{in: 'a built step', brings: shows('▸ base')}],
	'screen: zoom': [
		{in: 'a built step', brings: shows('z back')},
		{in: 'a step to read', brings: shows('esc back')},
	],
	'screen: unzoom': [
		{in: 'a text that has the whole screen', brings: ({text}) => !text.includes('esc back')},
		{in: 'a build with its timeline', keys: ['escape'], brings: shows('t timeline')},
	],
	'screen: previous-step': [
		{in: 'a step before it runs', brings: ({state}) => state.stepId === 'enable-buildkit'},
	],
	'screen: next-step': [
		{in: 'a step before it runs', brings: ({state}) => state.stepId === 'run-simple-buildkit'},
	],
	'screen: show-extra': [{in: 'a step before extras', brings: ({state}) => state.stepId === 'cache-modules'}],
	'screen: save-report': [
		{
			in: 'the end',
			brings: ({state, session}) => session.reports.length === 1 && state.isGoodNews,
		},
	],
	'screen: toggle-builder': [{in: 'a step before it runs', brings: ({state}) => state.builder === 'legacy'}],
	'screen: reveal-hint': [
		{
			in: 'a challenge',
			brings: ({state}) => state.hints['lab-port'] === 1 || state.hintsFor['lab-port'] !== undefined,
		},
	],
	'screen: run-solution': [
		{
			in: 'a challenge that is all revealed',
			brings: ({session}) => session.backend.runner.started.some(({stepId}) => stepId === 'lab-port'),
		},
	],
	'screen: up': scrollsBack('up'),
	'screen: down': [{in: 'a step', size: low, brings: hasMoved}],
	'screen: page-up': scrollsBack('page-up'),
	'screen: page-down': [{in: 'a step', size: low, brings: hasMoved}],
	'overlay: up': [{in: 'the list of keys, scrolled', size: low, brings: hasMoved}],
	'overlay: down': [
		{in: 'the list of keys', size: low, brings: hasMoved},
		{in: 'the chapters', brings: shows('▸ ○ Run what BuildKit built')},
		{in: 'the files', brings: shows('▸ slim/Dockerfile')},
	],
	'overlay: page-up': [{in: 'the list of keys, scrolled', size: low, brings: hasMoved}],
	'overlay: page-down': [{in: 'the list of keys', size: low, brings: hasMoved}],
	'overlay: cancel': [{in: 'the keys over a step at work', brings: isCancelling}],
	'overlay: quit': [{in: 'the keys over a step', brings: asksToLeave}],
	'overlay: stop-program': [{in: 'the keys over a step', brings: hasStopped}],
	'question: up': [{in: 'a long question, scrolled', brings: hasMoved}],
	'question: down': [{in: 'a long question', brings: hasMoved}],
	'question: page-up': [{in: 'a long question, scrolled', brings: hasMoved}],
	'question: page-down': [{in: 'a long question', brings: hasMoved}],
	'question: cancel': [{in: 'a question at work', brings: isCancelling}],
	'question: quit': [{in: 'a question', brings: hasEnded}],
	'question: stop-program': [{in: 'a question', brings: hasStopped}],
	'screen: open-overlay chapters': [{in: 'a step before it runs', brings: opens('chapters')}],
	'screen: show-files': [{in: 'a step before it runs', brings: opens('files')}],
	'screen: open-overlay keys': [{in: 'a step before it runs', brings: opens('keys')}],
	'screen: toggle-hand': [{in: 'a class', brings: isHandUp}],
	'zoom: toggle-hand': [{in: 'what has the whole screen, in a class', brings: isHandUp}],
	'screen: dismiss-note': [{in: 'a class', brings: hasNoNote}],
	'zoom: dismiss-note': [{in: 'what has the whole screen, in a class', brings: hasNoNote}],
	'overlay: dismiss-note': [{in: 'the keys over a step in a class', brings: hasNoNote}],
	'screen: quit': [
		{in: 'a step before it runs', brings: asksToLeave},
		{in: 'the welcome', brings: hasEnded},
	],
	'screen: stop-program': [{in: 'a step before it runs', brings: hasStopped}],
	'command: stop-program': [{in: 'a command line', brings: hasStopped}],
	'command: run-line': [
		{
			in: 'a command line',
			brings: now =>
				line(now) === null && run(now)?.commandLine === 'docker run' && run(now)?.isTyped === true,
		},
	],
	'command: edit-line leave-search': [
		{in: 'a search of the history', brings: now => line(now)?.search === null},
	],
	'command: close-command-line': [
		{
			in: 'a command line',
			brings: now => line(now) === null && now.session.backend.runner.started.length === 0,
		},
	],
	'command: edit-line next-blank': [
		{in: 'a command with blanks', brings: edits('docker build -t ␣ ␣', 'docker build -t ␣ '.length)},
	],
	'command: complete-line': [{in: 'a command line', brings: edits('docker run ')}],
	'command: edit-line older': [{in: 'a command line', brings: edits('docker image ls')}],
	'command: edit-line newer': [{in: 'a recalled command', brings: edits('docker image ls')}],
	'command: edit-line search': [{in: 'a command line', brings: now => line(now)?.search === ''}],
	'command: edit-line left': [{in: 'a command line', brings: edits('docker run', 9)}],
	'command: edit-line right': [
		{in: 'a command line of which a piece is in front', brings: edits('docker run', 8)},
	],
	'command: edit-line home': [{in: 'a command line', brings: edits('docker run', 0)}],
	'command: edit-line end': [
		{in: 'a command line of which a piece is in front', brings: edits('docker run')},
	],
	'command: edit-line word-left': [{in: 'a command line', brings: edits('docker run', 7)}],
	'command: edit-line word-right': [
		{in: 'a command line of which a piece is in front', brings: edits('docker run')},
	],
	'command: edit-line erase': [{in: 'a command line', brings: edits('docker ru')}],
	'command: edit-line erase-next': [
		{in: 'a command line of which a piece is in front', brings: edits('docker un', 7)},
	],
	'command: edit-line erase-word': [{in: 'a command line', brings: edits('docker ')}],
	'command: edit-line erase-before': [
		{in: 'a command line of which a piece is in front', brings: edits('run', 0)},
	],
	'command: edit-line erase-after': [
		{in: 'a command line of which a piece is in front', brings: edits('docker ')},
	],
};

const idOf = (binding: Binding, layer: string): string => {
	const what = 'view' in binding ? [binding.view] : Object.values(binding.intent);
	return `${layer}: ${what.filter(word => word !== null).join(' ')}`;
};

/** The keys of each row that the keymap asks for. */
const wanted = new Map<string, Set<string>>();
for (const binding of keymap) {
	for (const layer of binding.layers) {
		const id = idOf(binding, layer);
		wanted.set(id, new Set([...(wanted.get(id) ?? []), ...binding.keys]));
	}
}

test('every key of the keymap has a row, and every row is of a key', t => {
	for (const [id, names] of wanted) {
		const tried = new Set((rows[id] ?? []).flatMap(row => row.keys ?? [...names]));
		t.deepEqual(
			[...names].filter(name => !tried.has(name)),
			[],
			id,
		);
	}
	t.deepEqual(
		Object.keys(rows).filter(id => !wanted.has(id)),
		[],
	);
});

/** What a terminal sends for a key on the screen. */
const sequences: Record<string, string> = {
	...keys,
	'page-up': keys.pageUp,
	'page-down': keys.pageDown,
	home: '\u001B[H',
	end: '\u001B[F',
};

const presses = test.macro(async (t, {in: name, brings, size = wide}: Row, key: string) => {
	const open = async (): Promise<KeyStage> => {
		if (!(name in scenes)) return openPlace(places[name as keyof typeof places]);
		const {session, screen} = await scenes[name as keyof typeof scenes](t, size);
		return {
			look: () => ({state: session.getState(), text: screen.screen().join('\n'), session, held: null}),
			press: pressed => screen.press(sequences[pressed] ?? pressed),
		};
	};
	const {look, press} = await open();
	const before = look();
	t.false(brings(before, before));
	press(key);
	const now = await settled(look, seen => brings(seen, before));
	t.true(brings(now, before), now.text);
});

for (const [id, list] of Object.entries(rows)) {
	for (const row of list) {
		for (const key of row.keys ?? wanted.get(id) ?? []) {
			test.serial(`${key} in ${row.in}: ${id.replace(/^\w+: /, '')}`, presses, row, key);
		}
	}
}
