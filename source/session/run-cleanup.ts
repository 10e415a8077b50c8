import prettyBytes from 'pretty-bytes';
import {passed} from '../checks/facts.js';
import type {Verdict} from '../checks/model.js';
import {messages} from '../messages/index.js';
import type {CleanupItem, CleanupPreview, CleanupResult, KeptItem} from '../ownership/ledger.js';
import {rewriteOwnCommands} from '../text/shell-commands.js';
import {UserError} from '../text/user-error.js';
import type {Step, Workshop} from '../workshop/model.js';
import {concludeRun, type RunContext, type StepResult} from './run-context.js';
import {cleanupCommand} from './select.js';
import {createRunView, type Question, yesOrNo} from './state.js';

/**
 * The workshop's own clean-up as a step: lists, asks, removes, says what stays and why. Rejects with a `UserError` when
 * the learner keeps everything.
 */
export const runCleanup = async (step: Step, runContext: RunContext): Promise<StepResult> => {
	const {cleaner, ask, engine} = runContext;
	const empty = createRunView(step, '');
	const preview = await cleaner.preview();
	const isRecording = (await engine.identity()).recorded !== null;
	const nothing = preview.remove.length + preview.giveBack.length === 0;
	if (!nothing && (await ask(cleanupQuestion(preview))) !== 'yes')
		throw new UserError('Nothing was removed.', {next: 'run this step again when you want to clean up'});
	const result = await cleaner.clean();
	const lines = isRecording ? describeRecordingCleanup(runContext.workshop) : describeResult(result, preview);
	const verdict = isRecording ? recordingVerdict : judgeCleanup(result);
	const view = {...empty, output: {lines, lineCount: lines.length}};
	return concludeRun(view, {verdict}, runContext);
};

const describeRecordingCleanup = (workshop: Workshop): string[] => [
	'On an engine, what the workshop made is listed here, and nothing is removed before you agree.',
	`What earlier sessions made is listed and removed by \`${cleanupCommand({workshop})}\`.`,
];

const recordingVerdict = passed(
	'This is a recording: it made nothing on this machine, so it has nothing to list and to remove.',
);

/** What clean-up lists before it asks. */
export const cleanupQuestion = (preview: CleanupPreview): Question => ({
	title: 'Remove what the workshop made?',
	lines: [
		...groupImageNames(preview.remove).map(item => `remove ${describeItem(item)}`),
		...preview.giveBack.map(({name, id}) => `give ${name} back to the image ${shortenId(id)}`),
		...describeKept('keep', preview.keep),
	],
	choices: yesOrNo('remove', 'keep everything'),
});

/** What clean-up did, a line an item. */
export const describeResult = (
	{removed, kept}: CleanupResult,
	{buildCacheBytes}: Pick<CleanupPreview, 'buildCacheBytes'>,
): string[] => [
	...groupImageNames(removed).map(item => `removed ${describeItem(item)}`),
	...describeKept('kept', kept),
	...(removed.length + kept.filter(({workshop}) => !workshop).length === 0
		? ['There is nothing of the workshop left to remove.']
		: []),
	...describeBuildCache(buildCacheBytes),
];

/** What another workshop made is one line, with the command that removes it. */
const describeKept = (word: 'keep' | 'kept', kept: KeptItem[]): string[] => {
	const others = new Map(kept.flatMap(({workshop}) => (workshop ? [[workshop.id, workshop.argument]] : [])));
	return [
		...kept.filter(item => !item.workshop).map(item => `${word} ${describeItem(item)}: ${item.reason}`),
		...[...others].map(([id, argument]) => {
			const count = kept.filter(({workshop}) => workshop?.id === id).length;
			const command = rewriteOwnCommands(`\`multistage-workshop cleanup --workshop ${argument}\``);
			return `${word} ${messages.text.count(count, 'thing')} of the workshop ${id}: ${command} removes ${count === 1 ? 'it' : 'them'}`;
		}),
	];
};

const describeBuildCache = (bytes: number | null): string[] => {
	if (bytes === 0) return [];
	const size = bytes === null ? '' : ` (${prettyBytes(bytes)})`;
	return [`The build cache of the engine${size} stays; \`docker builder prune\` empties it.`];
};

/** An image that goes with its names is one thing, called by them. */
const groupImageNames = (items: CleanupItem[]): CleanupItem[] => {
	const images = new Set(items.flatMap(({kind, id}) => (kind === 'image' ? [id] : [])));
	const namesOf = (id: string) =>
		items.flatMap(item => (item.kind === 'name' && item.id === id ? [item.name] : []));
	return items
		.filter(({kind, id}) => kind !== 'name' || !images.has(id))
		.map(item => (item.kind === 'image' ? {...item, name: namesOf(item.id).join(', ') || item.name} : item));
};

const describeItem = ({kind, id, name}: CleanupItem): string =>
	kind === 'file' || kind === 'transcripts'
		? `${kind} ${name}`
		: `${kind} ${name || '<none>'} (${shortenId(id)})`;

const shortenId = (id: string): string => id.replace('sha256:', '').slice(0, 12);

/** Passed once nothing of ours is left but what could not be removed for a reason of the learner's. */
const judgeCleanup = ({removed}: CleanupResult): Verdict => {
	const count = groupImageNames(removed).length;
	return passed(
		count === 0
			? 'Nothing of the workshop is left.'
			: `${count} ${count === 1 ? 'thing' : 'things'} that the workshop made ${count === 1 ? 'is' : 'are'} gone.`,
	);
};
