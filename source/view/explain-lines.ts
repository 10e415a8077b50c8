import prettyBytes from 'pretty-bytes';
import type {FileChange, Foreseen, Reason} from '../explain/foresee.js';
import type {ContextRead, Explanation} from '../explain/outline.js';
import {messages} from '../messages/index.js';
import type {PlannedStage} from '../stages/model.js';
import {escapeHiddenInName} from '../text/terminal-text.js';
import {cutToWidth, padToWidth, widthOf} from '../text/width.js';
import {type Line, sentenceSpans, span} from './line.js';

/** The changed files that are listed for one instruction. */
const shownChanges = 10;

/** Columns for an instruction: longer ones are cut. */
const instructionColumns = 60;

/** What `explain` says, in three parts: the stages, the build context, the cache. */
export const explainLines = (explanation: Explanation): Line[] => [
	[span(messages.explain.title(explanation.dockerfile, explanation.graph.target), 'strong')],
	[],
	...stageLines(explanation),
	[],
	...contextLines(explanation),
	[],
	...cacheLines(explanation),
];

const stageLines = ({graph, together}: Explanation): Line[] => {
	const {stages, reachable, target} = graph;
	const say = messages.explain.stages;
	const names = padAll(stages.map(({name}) => name));
	return [
		[span(say.heading, 'heading')],
		...stages.map((stage, index): Line => {
			const isBuilt = reachable.includes(stage.name);
			const words = isBuilt ? describeStage(stage) : say.skipped(target);
			return [
				span(`  ${names[index]}  `, isBuilt ? 'strong' : 'muted'),
				span(words, isBuilt ? 'plain' : 'muted'),
			];
		}),
		...together.map((group): Line => [span(`  ${say.together(group)}`)]),
	];
};

const describeStage = ({image, needs}: PlannedStage): string => {
	const say = messages.explain.stages;
	const [base = '', ...others] = image === null ? needs : [image, ...needs];
	const start = image === null ? say.base(base) : say.image(base);
	return others.length === 0 ? start : `${start}; ${say.uses(others)}`;
};

const contextLines = ({context, ignoreFile, whole, ignored, reads}: Explanation): Line[] => {
	const say = messages.explain.context;
	const {folders, folderPaths, files, bytes} = ignored;
	const shown = folderPaths.map(escapeHiddenInName);
	const parts = [
		...(folders > 0 ? [say.folders(shown, folders - shown.length)] : []),
		...(files > 0 ? [(folders > 0 ? say.filesElsewhere : say.files)(files, prettyBytes(bytes))] : []),
	];
	const ignores = parts.length === 0 ? say.ignoresNothing : (file: string) => say.ignores(file, parts);
	return [
		[span(say.heading, 'heading')],
		[span(`  ${say.whole(context, whole.files, prettyBytes(whole.bytes))}`)],
		[span(`  ${ignoreFile === null ? say.noIgnoreFile : ignores(ignoreFile)}`)],
		...(reads.length === 0 ? [[span(`  ${say.readsNothing}`, 'muted')]] : readLines(reads)),
	];
};

const readLines = (reads: ContextRead[]): Line[] => {
	const say = messages.explain.context;
	const places = padAll(reads.map(({stage, instruction}) => say.place(stage, instruction.line)));
	const texts = padAll(reads.map(({instruction}) => shorten(instruction.text)));
	return reads.flatMap(({files, bytes, missing}, index): Line[] => [
		[
			span(`  ${places[index]}  `, 'muted'),
			span(`${texts[index]}  `),
			span(say.brings(files, prettyBytes(bytes)), 'strong'),
		],
		...(missing.length === 0
			? []
			: [[span(`    ${say.missing(missing.map(escapeHiddenInName))}`, 'failed')] as Line]),
	]);
};

const cacheLines = ({cache, sawImages}: Explanation): Line[] => {
	const say = messages.explain.cache;
	const heading: Line = [span(say.heading, 'heading')];
	const sentence = (text: string): Line => [span('  '), ...sentenceSpans(text, '`')];
	if (!cache) return [heading, sentence(say.legacy)];
	const images = sawImages === false ? [sentence(say.imagesUnknown)] : [];
	const other = cache.isOther ? [sentence(say.other)] : [];
	if (!cache.foreseen || cache.since === null) return [heading, sentence(say.first), ...images];
	if (cache.foreseen.length === 0) return [heading, sentence(say.noInstructions), ...images];
	return [
		heading,
		sentence(say.since(formatTime(cache.since))),
		...foreseenLines(cache.foreseen),
		...other,
		...images,
	];
};

const formatTime = (at: number): string => `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC`;

const styles = {cached: 'cached', runs: 'failed', depends: 'unknown'} as const;

const foreseenLines = (foreseen: Foreseen[]): Line[] => {
	const say = messages.explain.cache;
	const lines = padAll(foreseen.map(({instruction}) => say.line(instruction.line)));
	const statuses = padAll(foreseen.map(({status}) => say.statuses[status]));
	const texts = padAll(foreseen.map(({instruction}) => shorten(instruction.text)));
	return foreseen.flatMap(({stage, status, reason}, index): Line[] => [
		...(stage === foreseen[index - 1]?.stage ? [] : [[span(`  ${stage}`, 'strong')] as Line]),
		[
			span(`    ${lines[index]}  `, 'muted'),
			span(`${statuses[index]}  `, styles[status]),
			span(reason ? `${texts[index]}  ` : shorten(foreseen[index]?.instruction.text ?? '')),
			...(reason ? sentenceSpans(describeReason(reason), '`') : []),
		],
		...(reason?.because === 'files' ? changeLines(reason.changes) : []),
	]);
};

/** Says in a clause why an instruction runs again, or may. */
const describeReason = (reason: Reason): string => {
	const say = messages.explain.reasons;
	switch (reason.because) {
		case 'base-image':
			return say.baseImage(reason.image, reason.before);
		case 'base-stage':
			return say.baseStage(reason.stage);
		case 'earlier':
			return say.earlier(reason.line);
		case 'files':
			return say.files(reason.changes.length);
		case 'instruction':
			return say.instruction(shorten(reason.before));
		case 'new':
			return say.new;
		case 'removed':
			return say.removed(shorten(reason.before));
		case 'arguments':
			return say.arguments(reason.names);
		case 'settings':
			return say.settings(reason.names);
		case 'origin': {
			if (reason.addresses.length > 0) return say.addresses(reason.addresses);
			if (reason.contexts.length > 0) return say.contexts(reason.contexts);
			return reason.images.length > 0 ? say.images(reason.images) : say.stages(reason.stages);
		}
	}
};

const changeLines = (changes: FileChange[]): Line[] => {
	const say = messages.explain.cache;
	const shown = changes.slice(0, changes.length > shownChanges ? shownChanges - 1 : shownChanges);
	const more = changes.length - shown.length;
	return [
		...shown.map(
			({path, change}): Line => [
				span(`      ${escapeHiddenInName(path)}: `),
				span(say.changes[change], 'muted'),
			],
		),
		...(more > 0 ? [[span(`      ${say.moreChanges(more)}`, 'muted')] as Line] : []),
	];
};

const shorten = (text: string): string => cutToWidth(text.replace(/\s+/g, ' '), instructionColumns);

const padAll = (texts: string[]): string[] => {
	const width = Math.max(...texts.map(widthOf));
	return texts.map(text => padToWidth(text, width));
};
