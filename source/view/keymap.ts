import process from 'node:process';
import {messages} from '../messages/index.js';
import {type Asking, selectAsking} from '../session/asking.js';
import {openBlank} from '../session/command-line.js';
import {isPossible, selectPrimaryIntent} from '../session/intents.js';
import {maxOptions} from '../session/predictions.js';
import {selectNeighbour, selectPlan, selectRun} from '../session/select.js';
import {selectTimelines} from '../session/select-builds.js';
import {classView} from '../session/select-class.js';
import type {RunView, SessionState} from '../session/state.js';
import {nameBuilder} from '../stages/model.js';
import {type Binding, bind, bindLine, bindPage, bindView, type Layer} from './binding.js';
import {doctorLines} from './pages/doctor-lines.js';
import {keyListLines} from './pages/key-list-lines.js';
import {canRunAgain, enterLabel, hintLabel} from './wording.js';

/** How the plain lines offer a binding as a choice. */
type PlainChoice = {
	name: keyof typeof messages.keys.choices;
	/** Its words; by default the message called `name`. */
	label?: (state: SessionState) => string;
	/** What to type for it; by default the first key of the binding. */
	key?: string;
	/** When it is offered. Its intent must be possible too, unless it has a `page`. */
	when?: (state: SessionState) => boolean;
	/** A page or a question to show first, in place of the intent or the action. */
	page?: PlainPageName;
};

export type PlainPageName = 'chapters' | 'dockerfile' | 'timeline' | 'ask' | 'lines' | 'machine' | 'blanks';

/** Whether a run can be looked at: that of a step, or a build of the user's own. */
const onStep = ({screen}: SessionState): boolean => screen === 'step' || screen === 'build';

const inWorkshop = ({screen}: SessionState): boolean => screen !== 'build';

const hasOpenBlank = ({commandLine}: SessionState): boolean =>
	commandLine?.search === null && commandLine.text.includes(openBlank);

const hasTimelines = (state: SessionState): boolean => onStep(state) && selectTimelines(state) !== null;

const hasDockerfileText = (state: SessionState): boolean => onStep(state) && selectPlan(state)?.text != null;

const asks = (state: SessionState, kind: Asking['kind']): boolean =>
	onStep(state) && selectAsking(state)?.kind === kind;

/** The digits that tick something, as one. */
const digitKeys = (state: SessionState): string[] => {
	const count = Math.min(maxOptions, selectAsking(state)?.options.length ?? 0);
	return [count === 1 ? '1' : `1-${count}`];
};

const answerLabel = (state: SessionState): 'answer' | 'predict' =>
	selectAsking(state)?.kind === 'question' ? 'answer' : 'predict';

const isCommand = ({commandLine}: SessionState): boolean => !commandLine?.isAnswer;

const otherBuilder = ({builder}: SessionState): string =>
	nameBuilder(builder === 'legacy' ? 'buildkit' : 'legacy');

/** The bindings that the plain lines offer, in this order, after the choice for enter. */
export const plainChoices: PlainChoice[] = [
	{name: 'again', when: canRunAgain},
	{name: 'answer', page: 'ask', when: state => asks(state, 'question')},
	{name: 'predict', key: 'p', page: 'ask', when: state => asks(state, 'prediction')},
	{name: 'solution'},
	{name: 'hint', label: hintLabel},
	{name: 'timeline', page: 'timeline', when: hasTimelines},
	{name: 'dockerfile', page: 'dockerfile', when: hasDockerfileText},
	{name: 'zoomCopy', page: 'lines', when: state => onStep(state) && selectRun(state)?.outcome != null},
	{name: 'builder', label: state => messages.keys.changeBuilder(otherBuilder(state))},
	{
		name: 'nextStep',
		label: state =>
			selectNeighbour(state, 1) ? messages.keys.choices.nextStep : messages.keys.endOfWorkshop,
		key: 'n',
		when: state => selectPrimaryIntent(state)?.intent !== 'next-step',
	},
	{name: 'previousStep', when: state => state.screen === 'end' || selectNeighbour(state, -1) !== null},
	{name: 'extra'},
	{name: 'findEngine'},
	{name: 'skip'},
	{name: 'faster'},
	{name: 'otherRecording'},
	{name: 'report'},
	{
		name: 'hand',
		label: state => (classView.of(state)?.isHandUp ? messages.keys.lowerHand : messages.keys.choices.hand),
	},
	{name: 'chapters', page: 'chapters'},
	{name: 'machine', page: 'machine', when: ({screen}) => screen === 'welcome'},
	{name: 'quit', when: ({screen}) => screen !== 'end'},
];

const everywhere: Layer[] = ['screen', 'zoom', 'overlay', 'question', 'search', 'command'];
const withoutCommand = everywhere.slice(0, -1);
const withoutTyping = everywhere.slice(0, -2);

const isList = ({overlay}: SessionState): boolean => overlay === 'chapters' || overlay === 'files';

const hasLines = (run: RunView | null): boolean =>
	run !== null && (run.build !== null || run.output.lineCount > 0);

/** The key table, without the keys that close the page that they opened. */
const rows: Binding[] = [
	bindView('zoom', 'z escape q', 'zoomBack', 'zoom', {label: 'back', priority: 0}),
	bindView('zoom', '/', 'zoomSearch', 'search', {label: 'search', priority: 1}),
	bindView('zoom', 'n', 'zoomMatches', 'next-match', {label: 'matches', footerKeys: ['n', 'N'], priority: 4}),
	bindView('zoom', 'N', 'zoomMatches', 'previous-match'),
	bindView('zoom', 'y', 'zoomCopy', 'copy', {label: 'copy', priority: 2}),
	bindView('zoom', 'home <', 'zoomEnds', 'home', {
		label: (_, {scrolls}) => scrolls && 'ends',
		footerKeys: ['<', '>'],
		priority: 3,
	}),
	bindView('zoom', 'end >', 'zoomEnds', 'end'),
	bindView('zoom', 'left', 'zoomSides', 'left'),
	bindView('zoom', 'right', 'zoomSides', 'right'),
	bindView('zoom', 'tab', 'zoomNext', 'next-pane', {
		label: (_, {hasPanes}) => hasPanes && 'nextStage',
		priority: 5,
	}),
	bindView('search', 'enter', 'zoomSearch', 'find', {label: 'search', priority: 1}),
	bindView('search', 'escape', 'zoomSearch', 'leave-search', {label: 'back', priority: 1}),
	bindView('search', 'backspace', 'zoomSearch', 'erase'),

	bind('screen', 'enter', 'enter', 'go-on', {words: enterLabel, priority: 0}),
	bind('screen', 'e', 'edit', 'edit-command', {
		label: state => selectPrimaryIntent(state)?.intent !== 'edit-command' && 'edit',
		priority: 6,
	}),
	bind('screen', ':', 'type', 'type-command', {label: 'command', priority: 5}),
	bind(['screen', 'zoom'], 'c ctrl-c', 'cancel', 'cancel', {label: 'cancel', priority: 1}),
	bind(['search', 'overlay', 'question'], 'ctrl-c', 'cancel', 'cancel'),

	bind('screen', 'r', 'useRecording', 'use-recording'),
	bind(['screen', 'zoom'], 'x', 'skip', 'skip-to-end', {label: 'toTheEnd', priority: 1}),
	bind(['screen', 'zoom'], 'f', 'faster', 'play-faster', {
		label: ({runningStepId}) => runningStepId !== null && 'faster',
		priority: 2,
	}),
	bind('screen', 'v', 'otherRecording', 'next-recording', {
		label: ({screen}) => screen === 'welcome' && 'otherRecording',
		priority: 3,
	}),
	bind('screen', 't', 'findEngine', 'try-engine-again', {label: 'tryAgain', priority: 1}),
	bindPage(
		'screen',
		'm',
		'machine',
		{name: 'doctor', linesFor: doctorLines},
		{label: ({screen}) => screen === 'welcome' && 'thisMachine', priority: 3, when: inWorkshop},
	),
	bind('overlay', 'r', 'examine', 'examine-again', {label: 'lookAgain', priority: 1}),
	bind('screen', 'a', 'answer', 'type-answer', {label: answerLabel, priority: 5}),
	bind('screen', 'a', 'again', 'run', {label: state => canRunAgain(state) && 'again', priority: 6}),

	bindView('overlay', 'enter', 'enter', 'choose', {
		label: 'goThere',
		priority: 0,
		when: ({overlay}) => overlay === 'chapters',
	}),
	bindView('overlay', 'enter e', 'openFile', 'choose', {
		label: 'openInEditor',
		priority: 0,
		when: ({overlay}) => overlay === 'files',
	}),
	bind('overlay', 'enter', 'enter', 'close-overlay', {
		label: 'back',
		priority: 0,
		when: state => !isList(state),
	}),
	bind('overlay', 'escape', 'closeOverlay', 'close-overlay', {
		label: state => isList(state) && 'back',
		priority: 1,
	}),

	// One binding for each digit; the footer shows them as one.
	...Array.from({length: maxOptions}, (_, index) =>
		bind(
			'screen',
			`${index + 1}`,
			'predict',
			{intent: 'tick', place: index + 1},
			{
				label: state => index === 0 && answerLabel(state),
				footerKeys: digitKeys,
				priority: 5,
				when: state => (selectAsking(state)?.options.length ?? 0) > index,
			},
		),
	),
	bindView('screen', 't', 'timeline', 'timeline', {
		label: (_, {hasTimeline}) => (hasTimeline ? 'panes' : 'timeline'),
		priority: ({hasTimeline}) => (hasTimeline ? 1 : 5),
		when: state => hasTimelines(state) && !isPossible(state, 'try-engine-again'),
	}),
	bindView('screen', 'd', 'dockerfile', 'dockerfile', {
		label: (state, {hasDockerfile}) =>
			hasDockerfile ? (inWorkshop(state) ? 'text' : 'panes') : 'dockerfile',
		priority: ({hasDockerfile}) => (hasDockerfile ? 1 : 5),
		when: hasDockerfileText,
	}),
	bindView('screen', 'tab', 'nextPane', 'next-pane', {
		label: (_, {hasPanes}) => hasPanes && 'nextPane',
		when: onStep,
	}),
	bindView('screen', 'z', 'zoom', 'zoom', {
		label: (state, {isWhole}) => hasLines(selectRun(state)) && !isWhole && 'zoom',
		priority: 8,
		when: onStep,
	}),
	bindView('screen', 'escape', 'unzoom', 'unzoom', {
		label: (_, {isWhole}) => isWhole && 'back',
		priority: 1,
		when: onStep,
	}),
	bindView('screen', 'q', 'unzoom', 'unzoom', {when: (state, {isWhole}) => onStep(state) && isWhole}),

	bind('screen', 'left p', 'previousStep', 'previous-step'),
	bind('screen', 'right n', 'nextStep', 'next-step', {
		label: state => onStep(state) && 'steps',
		footerKeys: ['left', 'right'],
		priority: 7,
	}),
	bind('screen', 'x', 'extra', 'show-extra', {label: 'extra', priority: 5}),
	bind('screen', 'w', 'report', 'save-report', {label: 'report', priority: 3}),
	bind('screen', 'b', 'builder', 'toggle-builder', {label: 'builder', priority: 5}),
	bind('screen', 'h', 'hint', 'reveal-hint', {words: hintLabel, priority: 3}),
	bind('screen', 's', 'solution', 'run-solution', {label: 'solution', priority: 3}),

	bindView(withoutTyping, 'up', 'scroll', 'up', {
		label: (state, {scrolls}) => (!state.question && isList(state) ? 'choose' : scrolls && 'scroll'),
		footerKeys: ['up-down'],
		priority: 3,
	}),
	bindView(withoutTyping, 'down', 'scroll', 'down'),
	bindView(withoutTyping, 'page-up', 'page', 'page-up'),
	bindView(withoutTyping, 'page-down space', 'page', 'page-down'),

	bindPage('screen', 'g', 'chapters', {name: 'chapters'}, {label: 'chapters', priority: 6, when: inWorkshop}),
	bind('screen', 'l', 'files', 'show-files', {label: 'files', priority: 8, page: {name: 'files'}}),
	bind(['screen', 'zoom'], '!', 'hand', 'toggle-hand', {
		label: state => (classView.of(state)?.isHandUp ? 'lowerHand' : 'raiseHand'),
		priority: 6,
	}),
	// The note itself names the key.
	bind(['screen', 'zoom', 'overlay'], 'k', 'dismiss', 'dismiss-note'),
	bindPage(
		['screen', 'zoom'],
		'?',
		'keys',
		{name: 'keys', linesFor: (_, columns, symbols) => keyListLines(keymap, columns, symbols)},
		{label: 'keys', priority: 2},
	),
	bind(['screen', 'overlay'], 'q', 'quit', 'quit', {
		label: 'quit',
		priority: 2,
		// If one side fills the whole screen, `q` goes back instead, as in a zoomed pane.
		when: (state, {isWhole}) => state.overlay !== null || !onStep(state) || !isWhole,
	}),
	bind(withoutCommand, 'ctrl-c', 'quit', 'quit', {when: ({runningStepId}) => runningStepId === null}),
	// Windows can't suspend a program.
	...(process.platform === 'win32' ? [] : [bind(everywhere, 'ctrl-z', 'stop', 'stop-program')]),

	bindLine(
		'enter',
		'lineAnswer',
		{intent: 'give-answer', text: null},
		{label: 'answer', priority: 0, when: state => !isCommand(state)},
	),
	bindLine('enter', 'lineRun', {intent: 'run-line', line: null}, {label: 'run', priority: 0}),
	bindLine('escape ctrl-c', 'lineClose', 'leave-search', {
		label: 'leaveSearch',
		priority: 1,
		when: ({commandLine}) => commandLine?.search != null,
	}),
	bindLine('escape ctrl-c', 'lineClose', {intent: 'close-command-line'}, {label: 'close', priority: 1}),
	bindLine('tab', 'lineComplete', 'next-blank', {
		label: 'nextBlank',
		priority: 2,
		when: hasOpenBlank,
	}),
	bindLine(
		'tab',
		'lineComplete',
		{intent: 'complete-line'},
		{label: state => !hasOpenBlank(state) && 'complete', priority: 2},
	),
	bindLine('up ctrl-p', 'lineHistory', 'older', {label: 'history', priority: 3, when: isCommand}),
	bindLine('down ctrl-n', 'lineHistory', 'newer', {when: isCommand}),
	bindLine('ctrl-r', 'lineSearch', 'search', {label: 'searchHistory', priority: 4, when: isCommand}),
	bindLine('left ctrl-b', 'lineMove', 'left'),
	bindLine('right ctrl-f', 'lineMove', 'right'),
	bindLine('home ctrl-a', 'lineMove', 'home'),
	bindLine('end ctrl-e', 'lineMove', 'end'),
	bindLine('alt-b ctrl-left alt-left', 'lineMove', 'word-left'),
	bindLine('alt-f ctrl-right alt-right', 'lineMove', 'word-right'),
	bindLine('backspace ctrl-h', 'lineErase', 'erase'),
	bindLine('ctrl-d', 'lineEraseNext', 'erase-next'),
	bindLine('ctrl-w', 'lineErase', 'erase-word'),
	bindLine('ctrl-u', 'lineErase', 'erase-before'),
	bindLine('ctrl-k', 'lineEraseNext', 'erase-after'),
];

const pageKeys = rows.flatMap(({page, keys}) => (page ? keys : []));

/**
 * Every key, in the order of the footer. The footer, the key list, the handling of keys and the plain choices are all
 * made from it. Of several bindings that apply to a key, the first one counts.
 */
export const keymap: Binding[] = rows.map(row =>
	row.help === 'closeOverlay' ? {...row, keys: [...row.keys, ...pageKeys]} : row,
);
