import prettyBytes from 'pretty-bytes';
import {passed} from '../checks/facts.js';
import {messages} from '../messages/index.js';
import type {CleanupItem, CleanupPreview, CleanupResult, KeptItem} from '../ownership/ledger.js';
import {rewriteOwnCommands} from '../text/shell-commands.js';
import {UserError} from '../text/user-error.js';
import type {Step} from '../workshop/model.js';
import {concludeRun, type RunContext, type StepResult} from './run-context.js';
import {cleanupCommand} from './select.js';
import {createRunView, type Question, yesOrNo} from './state.js';

/**
 * Runs the workshop's clean-up step: lists the objects, asks, removes them, and reports what stays and why. Rejects
 * with a `UserError` if the learner declines.
 */
export const runCleanup = async (step: Step, runContext: RunContext): Promise<StepResult> => {
	const {cleaner, ask, engine, lab} = runContext;
	const empty = createRunView(step, '');
	const preview = await cleaner.preview();
	const isRecording = (await engine.identity()).recorded !== null;
	const nothing = preview.remove.length + preview.giveBack.length === 0;
	if (!nothing && (await ask(cleanupQuestion(preview, lab.path))) !== 'yes')
		throw new UserError(messages.session.cleanup.declined, {next: messages.session.cleanup.askAgain});
	const result = await cleaner.clean();
	const {listedOnEngine, earlierSessions, recording, clean, removed} = messages.session.cleanup;
	const lines = isRecording
		? [listedOnEngine, earlierSessions(cleanupCommand(runContext))]
		: describeResult(result, preview);
	const view = {...empty, output: {lines, lineCount: lines.length}};
	// Passes even if objects are left: something of the learner's keeps them.
	const count = groupImageNames(result.removed).length;
	const verdict = passed(isRecording ? recording : count === 0 ? clean : removed(count));
	return concludeRun(view, {verdict}, runContext);
};

/** The question that lists what clean-up will do. `labFolder`: absolute. */
export const cleanupQuestion = (preview: CleanupPreview, labFolder: string): Question => {
	const {title, planned, giveBack, filesAreIn, yes, no} = messages.session.cleanup;
	const hasFiles = preview.remove.some(({kind}) => kind === 'file');
	return {
		title,
		lines: [
			...groupImageNames(preview.remove).map(item => planned.remove(describeItem(item))),
			...(hasFiles ? [filesAreIn(labFolder)] : []),
			...preview.giveBack.map(({name, id}) => giveBack(name, shortenId(id))),
			...describeKept(planned, preview.keep),
		],
		choices: yesOrNo(yes, no),
	};
};

/** The results of clean-up, one line for each item. */
export const describeResult = (
	{removed, kept}: CleanupResult,
	{buildCacheBytes}: Pick<CleanupPreview, 'buildCacheBytes'>,
): string[] => {
	const {done, nothingLeft, buildCache, sizedBuildCache} = messages.session.cleanup;
	const size = buildCacheBytes === null ? null : prettyBytes(buildCacheBytes);
	return [
		...groupImageNames(removed).map(item => done.remove(describeItem(item))),
		...describeKept(done, kept),
		...(removed.length + kept.filter(({workshop}) => !workshop).length === 0 ? [nothingLeft] : []),
		...(buildCacheBytes === 0 ? [] : [size === null ? buildCache : sizedBuildCache(size)]),
	];
};

/** One line for each kept item; one for all items of another workshop, with the command that removes them. */
const describeKept = (
	{keep, keepOthers}: typeof messages.session.cleanup.planned,
	kept: KeptItem[],
): string[] => {
	const others = new Map(kept.flatMap(({workshop}) => (workshop ? [[workshop.id, workshop.argument]] : [])));
	return [
		...kept.filter(item => !item.workshop).map(item => keep(describeItem(item), item.reason)),
		...[...others].map(([id, argument]) => {
			const count = kept.filter(({workshop}) => workshop?.id === id).length;
			const command = rewriteOwnCommands(`\`multistage-workshop cleanup --workshop ${argument}\``);
			return keepOthers(count, id, command);
		}),
	];
};

/** Merges an image and its names into one item. */
const groupImageNames = (items: CleanupItem[]): CleanupItem[] => {
	const images = new Set(items.flatMap(({kind, id}) => (kind === 'image' ? [id] : [])));
	const namesOf = (id: string) =>
		items.flatMap(item => (item.kind === 'name' && item.id === id ? [item.name] : []));
	return items
		.filter(({kind, id}) => kind !== 'name' || !images.has(id))
		.map(item => (item.kind === 'image' ? {...item, name: namesOf(item.id).join(', ') || item.name} : item));
};

const describeItem = ({kind, id, name}: CleanupItem): string =>
	`${messages.session.cleanup.kinds[kind]} ${
		kind === 'file' || kind === 'transcripts' ? name : `${name || '<none>'} (${shortenId(id)})`
	}`;

const shortenId = (id: string): string => id.replace('sha256:', '').slice(0, 12);
