import {
	type ContextEntry,
	type ContextSource,
	type ContextTree,
	createContextTree,
	type Print,
} from './context.js';
import {digest} from './digest.js';
import {baseKey, digestSources, keysOf, parsePrint, selectEntries} from './fingerprint.js';
import type {CacheableInstruction, CacheableStage} from './plan-instructions.js';
import type {ExplainRecord, ImageState, KeptFile, KeptInstruction} from './record.js';

/** `content`: also where a link leads, or a file in place of a folder. */
export type FileChange = {path: string; change: 'content' | 'mode' | 'new' | 'removed'};

/** Why an instruction is not, or may not be, taken from the cache. */
export type Reason =
	/** The base image of its stage is another one, or there is another name after `FROM`. */
	| {because: 'base-image'; image: string; before: string}
	/** The stage that its stage starts from runs again, or is another one. */
	| {because: 'base-stage'; stage: string}
	/** An earlier instruction of its stage runs again. */
	| {because: 'earlier'; line: number}
	| {because: 'files'; changes: FileChange[]}
	/** It was written differently. */
	| {because: 'instruction'; before: string}
	| {because: 'new'}
	/** The instruction before it has been removed. */
	| {because: 'removed'; before: string}
	/** Arguments that it uses have other values. */
	| {because: 'arguments'; names: string[]}
	/** `ENV`, `WORKDIR`, `USER` or `SHELL` before it have changed. */
	| {because: 'settings'; names: string[]}
	/** It takes files from a stage that runs again, an image that has changed, a further build context, or an address. */
	| ({because: 'origin'} & Pick<CacheableInstruction, 'stages' | 'images' | 'contexts' | 'addresses'>);

/** `depends`: it runs only if the files that it copies from elsewhere have changed, which only a build can tell. */
export type Foreseen = {
	stage: string;
	instruction: CacheableInstruction;
	status: 'cached' | 'runs' | 'depends';
	/** Null if it comes from the cache. */
	reason: Reason | null;
};

/** What is known now. */
export type Observed = {
	stages: CacheableStage[];
	entries: ContextEntry[];
	tree: ContextTree;
	/** The prints and stamps of all that the instructions read, by path. */
	files: Map<string, KeptFile>;
	/** The images that an engine has shown, by name. */
	images: ReadonlyMap<string, ImageState>;
	/** Whether the engine can put layers on top of one another that were made apart, as `COPY --link` asks. */
	mergesLayers: boolean;
};

/** A place between two instructions. `key`: null once an instruction runs again. `line`: of what is the cause. */
type Point = {fresh: string; key: string | null; isCertain: boolean; line: number | null};

/**
 * Foresees which instructions the next build takes from the cache that a build at the time of the record has filled;
 * null without a record. Also returns the instructions for the next record.
 */
export const foresee = (
	observed: Observed,
	record: ExplainRecord | null,
): {foreseen: Foreseen[] | null; instructions: KeptInstruction[]} => {
	const foreseen: Foreseen[] = [];
	const instructions: KeptInstruction[] = [];
	const ends = new Map<string, Point>();
	const known = createKnown(observed, record);
	for (const stage of observed.stages) {
		let point = beginStage(stage, ends, known);
		for (const instruction of stage.instructions) {
			const isApart = instruction.isLinked && observed.mergesLayers;
			const before = isApart ? apart : point;
			const files = known.digestFiles(instruction);
			const origins = instruction.stages.map(name => ends.get(name) ?? unknownPoint);
			const fresh = keysOf(instruction, {
				before: before.fresh,
				files,
				origins: origins.map(origin => origin.fresh),
			});
			instructions.push({...pickKept(instruction), stage: stage.name, before: before.fresh, ...fresh});
			const parts = {stage, instruction, files, origins};
			const own = judge({...parts, before}, known);
			const judged = isApart ? considerBelow(own, {...parts, before: point}, known) : own;
			foreseen.push({stage: stage.name, instruction, status: judged.status, reason: judged.reason});
			const end = {
				fresh: fresh.key,
				key: judged.key,
				isCertain: judged.status === 'cached',
				line: findCause(judged, instruction.line, before.line),
			};
			point = isApart ? merge(point, end) : end;
		}
		ends.set(stage.name, point);
	}
	return {foreseen: record && foreseen, instructions};
};

/** The line because of which what follows does not come from the cache. */
const findCause = ({status, reason}: Verdict, line: number, lineBefore: number | null): number | null => {
	if (status === 'cached') return null;
	return reason?.because === 'earlier' ? lineBefore : line;
};

/** Where a layer begins that depends on nothing before it. */
const apart: Point = {fresh: 'apart', key: 'apart', isCertain: true, line: null};

const merge = (below: Point, above: Point): Point => ({
	fresh: digest(below.fresh, above.fresh),
	key: below.key === null || above.key === null ? null : digest(below.key, above.key),
	isCertain: below.isCertain && above.isCertain,
	line: below.line ?? above.line,
});

const unknownPoint: Point = {fresh: '', key: null, isCertain: false, line: null};

const pickKept = ({line, text, written, definition, settings, args}: CacheableInstruction) => ({
	line,
	text,
	written,
	definition,
	settings,
	args,
});

/** What the record knows, by key, and how to compare with it. */
type Known = {
	observed: Observed;
	record: ExplainRecord | null;
	byKey: ReadonlyMap<string, KeptInstruction>;
	byLooseKey: ReadonlyMap<string, KeptInstruction>;
	digestFiles(instruction: CacheableInstruction): string;
	isChanged(image: string): boolean;
	oldTree(): ContextTree;
};

const createKnown = (observed: Observed, record: ExplainRecord | null): Known => {
	const kept = record?.instructions ?? [];
	let oldTree: ContextTree | null = null;
	return {
		observed,
		record,
		byKey: new Map(kept.map(one => [one.key, one])),
		byLooseKey: new Map(kept.map(one => [one.looseKey, one])),
		digestFiles: ({sources}) =>
			digestSources(sources, observed.tree, path => observed.files.get(path)?.print ?? ''),
		isChanged(image) {
			const now = observed.images.get(image);
			const then = record?.images[image];
			return now !== undefined && then !== undefined && now.print !== then.print;
		},
		oldTree() {
			oldTree ??= restoreTree(record?.files ?? new Map());
			return oldTree;
		},
	};
};

const beginStage = (stage: CacheableStage, ends: ReadonlyMap<string, Point>, known: Known): Point => {
	if (stage.base !== null) return ends.get(stage.base) ?? unknownPoint;
	const key = baseKey(stage);
	const isChanged = stage.image !== null && known.isChanged(stage.image);
	return {fresh: key, key: isChanged ? null : key, isCertain: !isChanged, line: null};
};

type Judged = {
	stage: CacheableStage;
	instruction: CacheableInstruction;
	before: Point;
	files: string;
	origins: Point[];
};
type Verdict = Pick<Foreseen, 'status' | 'reason'> & {key: string | null};

const judge = (judged: Judged, known: Known): Verdict => {
	const {instruction, before, files, origins} = judged;
	const isFirst = isFirstOf(judged);
	if (before.key === null) return {status: 'runs', reason: explainBefore(judged, isFirst, known), key: null};
	const keys = keysOf(instruction, {
		before: before.key,
		files,
		origins: origins.map(origin => origin.key ?? ''),
	});
	const changedImages = instruction.images.filter(known.isChanged);
	const {contexts, addresses} = instruction;
	const isOpen = changedImages.length > 0 || contexts.length > 0 || addresses.length > 0;
	const same = known.byKey.get(keys.key);
	if (same && !isOpen) {
		const openStages = instruction.stages.filter((_, index) => !origins[index]?.isCertain);
		if (before.isCertain && openStages.length === 0) return {status: 'cached', reason: null, key: keys.key};
		const reason: Reason = before.isCertain
			? {because: 'origin', stages: openStages, images: [], contexts: [], addresses: []}
			: explainBefore(judged, isFirst, known);
		return {status: 'depends', reason, key: keys.key};
	}
	const similar = known.byLooseKey.get(keys.looseKey);
	if (similar) {
		const stages = instruction.stages.filter(
			(_, index) => !origins[index]?.isCertain || origins[index]?.key === null,
		);
		const reason: Reason = {
			because: 'origin',
			stages: stages.length > 0 || isOpen ? stages : instruction.stages,
			images: changedImages,
			contexts,
			addresses,
		};
		return {status: 'depends', reason, key: similar.key};
	}
	return {status: 'runs', reason: explainItself(judged, before.key, known), key: null};
};

/**
 * What becomes of a layer that is made apart. BuildKit does not always look for it in the cache if it has to put it on
 * something new.
 */
const considerBelow = (own: Verdict, below: Judged, known: Known): Verdict =>
	own.status === 'cached' && !below.before.isCertain
		? {...own, status: 'depends', reason: explainBefore(below, isFirstOf(below), known)}
		: own;

const isFirstOf = ({stage, instruction}: Judged): boolean => stage.instructions[0] === instruction;

/** Why an instruction runs, or may run, because of what is before it. */
const explainBefore = ({stage, before}: Judged, isFirst: boolean, {record, observed}: Known): Reason => {
	if (!isFirst) return {because: 'earlier', line: before.line ?? 0};
	if (stage.base !== null) return {because: 'base-stage', stage: stage.base};
	const image = stage.image ?? '';
	const [id = '', was = ''] = [observed.images.get(image)?.id, record?.images[image]?.id];
	return {because: 'base-image', image: `${image} (${shortId(id)})`, before: `${image} (${shortId(was)})`};
};

const shortId = (id: string): string => id.replace(/^sha256:/, '').slice(0, 12);

/** Why an instruction runs although all before it comes from the cache. */
const explainItself = (judged: Judged, before: string, known: Known): Reason => {
	const {stage, instruction} = judged;
	const kept = known.record?.instructions ?? [];
	const beside = kept.filter(one => one.before === before);
	const earlier =
		beside.find(one => one.stage === stage.name && one.written === instruction.written) ??
		beside.find(one => one.stage === stage.name) ??
		beside.find(one => one.written === instruction.written) ??
		beside[0];
	if (!earlier) return explainNew(judged, known);
	if (earlier.definition === instruction.definition)
		return {because: 'files', changes: findChanges(instruction.sources, known)};
	if (earlier.written === instruction.written) return explainSettings(instruction, earlier);
	const isMoved = (one: KeptInstruction): boolean =>
		stage.instructions.some(other => other.written === one.written);
	if (isMoved(earlier)) return {because: 'new'};
	const isOld = kept.some(one => one.stage === stage.name && one.written === instruction.written);
	return {because: isOld ? 'removed' : 'instruction', before: earlier.text};
};

/** Explains an instruction where the record has none. */
const explainNew = ({stage, instruction}: Judged, {record}: Known): Reason => {
	const then = record?.stages.find(({name}) => name === stage.name);
	if (!then || stage.instructions[0] !== instruction) return {because: 'new'};
	if (stage.image !== null && (stage.image !== then.image || stage.platform !== then.platform))
		return {
			because: 'base-image',
			image: [stage.image, stage.platform].filter(Boolean).join(' '),
			before: [then.image ?? then.base, then.platform].filter(Boolean).join(' '),
		};
	return stage.base !== null && stage.base !== then.base
		? {because: 'base-stage', stage: stage.base}
		: {because: 'new'};
};

const explainSettings = (instruction: CacheableInstruction, earlier: KeptInstruction): Reason => {
	const [now, then] = [instruction.settings, earlier.settings];
	const changed = [...new Set([...Object.keys(now), ...Object.keys(then)])].filter(
		name => now[name] !== then[name],
	);
	const args = [...instruction.args, ...earlier.args].filter(name => changed.includes(`$${name}`));
	if (args.length > 0) return {because: 'arguments', names: [...new Set(args)]};
	return {because: 'settings', names: changed.map(name => name.replace(/^\$/, 'ENV '))};
};

/** What has changed in the files that some sources stand for. */
const findChanges = (sources: ContextSource[], {observed, record, oldTree}: Known): FileChange[] => {
	const pathsIn = (tree: ContextTree): Set<string> =>
		new Set(sources.flatMap(source => selectEntries(source, tree).map(({path}) => path)));
	const before = pathsIn(oldTree());
	const now = pathsIn(observed.tree);
	const changes: FileChange[] = [];
	for (const path of now) {
		const change = before.has(path) ? compareFiles(record?.files.get(path), observed.files.get(path)) : 'new';
		if (change !== null) changes.push({path, change});
	}
	for (const path of before) if (!now.has(path)) changes.push({path, change: 'removed'});
	return changes.sort((a, b) => (a.path < b.path ? -1 : 1));
};

const compareFiles = (old: KeptFile | undefined, now: KeptFile | undefined): FileChange['change'] | null => {
	if (!old || !now || old.print === now.print) return null;
	const [before, after] = [parsePrint(old.print), parsePrint(now.print)];
	return before.kind === after.kind && before.content === after.content ? 'mode' : 'content';
};

/** The build context as it was, as far as it was read. */
const restoreTree = (files: ReadonlyMap<string, KeptFile>): ContextTree => {
	const entries: ContextEntry[] = [];
	for (const [path, {print}] of files) entries.push(restoreEntry(path, print));
	return createContextTree(entries);
};

/** An entry of the context as it was, as far as its print tells. */
const restoreEntry = (path: string, print: Print): ContextEntry => {
	const {kind, mode, content} = parsePrint(print);
	const kinds = {f: 'file', d: 'folder', l: 'link'} as const;
	return {
		path,
		kind: kinds[kind as keyof typeof kinds] ?? 'other',
		mode: Number.parseInt(mode, 8) || 0,
		bytes: 0,
		target: kind === 'l' ? content : '',
		stamp: '',
	};
};
