import path from 'node:path';
import type {Fact} from '../checks/model.js';
import {messages} from '../messages/index.js';
import type {CleanupItem, CleanupResult, EngineObjects, Ledger, LedgerEntry} from '../ownership/ledger.js';
import {type CleanupPlan, listPlannedItems, planCleanup} from '../ownership/plan-cleanup.js';
import {belongsTo, selectActiveEntries, selectFilePrints} from '../ownership/rules.js';
import type {Cleaner, Engine} from '../session/ports.js';
import type {LabFolderOnDisk} from '../storage/lab-folder.js';
import type {TranscriptsOnDisk} from '../storage/transcripts.js';
import {UserError} from '../text/user-error.js';
import {describeError} from '../text/wording.js';

/** What clean-up needs of transcripts. */
type ListedTranscripts = Pick<TranscriptsOnDisk, 'folder' | 'runIds' | 'state' | 'remove'>;

/** Creates the clean-up of everything that the workshop creates, on the engine and on disk. */
export const createCleaner = ({
	engine,
	ledger,
	lab,
	transcripts,
	carryOut,
	readBuildCache,
}: {
	engine: Engine;
	ledger: Ledger;
	lab: LabFolderOnDisk;
	transcripts: ListedTranscripts;
	carryOut(plan: CleanupPlan, onRemoved: (item: CleanupItem) => void): Promise<CleanupResult>;
	/** Bytes; null if the engine doesn't report them. */
	readBuildCache(): Promise<number | null>;
}): Cleaner => {
	const look = async (
		since: number | null = null,
	): Promise<{engineId: string; entries: LedgerEntry[]; planned: CleanupPlan}> => {
		const {id} = await engine.identity();
		const facts = await engine.facts({probePorts: false, allImages: true, stepId: null});
		const gone = facts.find(fact => fact.fact === 'engine-gone');
		if (gone) throw new UserError(gone.reason, {next: messages.app.cleanup.startEngine});
		const entries = ledger.entries(id).slice(since ?? 0);
		const things = await engine.things();
		return {
			engineId: id,
			entries,
			planned: planCleanup(
				since === null ? entries : updateVolumes(entries, things),
				{images: factsOfKind(facts, 'image'), containers: factsOfKind(facts, 'container'), things},
				ledger.owner,
			),
		};
	};
	// A name can be removed without its image, so it has an entry of its own.
	const noteGone = (engineId: string) => (item: CleanupItem) =>
		ledger.append({kind: 'gone', engine: engineId, id: item.kind === 'name' ? item.name : item.id});
	/** A `gone` entry cancels all entries for a name, so those in `staying` are appended again. */
	const noteGoneButFor = (engineId: string, staying: LedgerEntry[]) => (item: CleanupItem) => {
		noteGone(engineId)(item);
		for (const entry of item.kind === 'name' ? selectActiveEntries(staying) : [])
			if (entry.kind === 'name' && entry.name === item.name) ledger.append(entry);
	};
	return {
		async preview() {
			const [{planned, entries}, buildCacheBytes] = await Promise.all([look(), readBuildCache()]);
			const local = [
				...listLabItems(lab),
				...listWrittenItems(entries, lab),
				...listTranscriptItems(transcripts),
			];
			return buildPreview(planned, local, buildCacheBytes);
		},
		async clean() {
			const {engineId, entries, planned} = await look();
			const others = entries.filter(entry => !belongsTo(ledger.owner, entry));
			const {removed, kept} = await carryOut(planned, noteGoneButFor(engineId, others));
			const files = cleanLocalItems(entries, lab, transcripts, noteGone(engineId));
			return {removed: [...removed, ...files.removed], kept: [...kept, ...files.kept]};
		},
		async cleanSince(count) {
			const {engineId, planned} = await look(count);
			const earlier = ledger.entries(engineId).slice(0, count);
			return carryOut(planned, noteGoneButFor(engineId, earlier));
		},
		async removeContainer(id) {
			const {engineId} = await look();
			const nothing = {networks: [], volumes: [], names: [], images: [], kept: []};
			const {kept} = await carryOut({...nothing, containers: [{id, name: id}]}, noteGone(engineId));
			if (kept[0]) throw new UserError(messages.app.cleanup.notRemoved(id.slice(0, 12), kept[0].reason));
		},
	};
};

/**
 * Entries of minutes ago, with the volumes as they are now: before Docker 23, the time of a volume is that of its last
 * change, and nobody else has made one of the same name meanwhile.
 */
const updateVolumes = (entries: LedgerEntry[], {volumes}: EngineObjects): LedgerEntry[] =>
	entries.map(entry =>
		entry.kind === 'volume' ? {...entry, createdAt: volumes[entry.id] ?? entry.createdAt} : entry,
	);

const buildPreview = (planned: CleanupPlan, localItems: LocalItem[], buildCacheBytes: number | null) => {
	const local = splitItems(localItems);
	return {
		buildCacheBytes,
		remove: [
			...listPlannedItems({...planned, names: planned.names.filter(({restoreTo}) => !restoreTo)}),
			...local.removed,
		],
		giveBack: planned.names.flatMap(({name, restoreTo}) => (restoreTo ? [{name, id: restoreTo}] : [])),
		keep: [...planned.kept, ...local.kept],
	};
};

/** An item of ours outside the engine. `reason`: why it stays; null if clean-up removes it. */
type LocalItem = CleanupItem & {reason: string | null};

const splitItems = (items: LocalItem[]): CleanupResult => ({
	removed: items.flatMap(({reason, ...item}) => (reason === null ? [item] : [])),
	kept: items.flatMap(({reason, ...item}) => (reason === null ? [] : [{...item, reason}])),
});

const listLabItems = (lab: LabFolderOnDisk): LocalItem[] =>
	lab
		.files()
		.filter(({state}) => state !== 'missing')
		.map(({path: file, state}) => ({
			kind: 'file',
			id: file,
			name: file,
			reason: state === 'changed' ? messages.app.cleanup.changed : null,
		}));

/**
 * Lists what commands wrote into this lab folder; it is ours while it is unchanged. Files come before their folders. A
 * file that the workshop also ships counts as a lab item instead.
 */
const listWrittenItems = (entries: LedgerEntry[], lab: LabFolderOnDisk): LocalItem[] => {
	const prints = selectFilePrints(entries);
	const shipped = new Set(lab.files().map(file => path.join(lab.path, file.path)));
	const now = lab.fingerprintsOf([...prints.keys()]);
	return [...prints.keys()]
		.filter(id => now[id] !== undefined && !shipped.has(id))
		.sort((one, other) => (one < other ? 1 : -1))
		.map(id => {
			const name = path.relative(lab.path, id).split(path.sep).join('/');
			const isChanged = now[id] !== prints.get(id);
			const reason = isChanged ? messages.app.cleanup.changedSince : null;
			return {kind: 'file', id: name, name, reason};
		});
};

/** Keeps the transcripts of running commands: nothing else shows what such a command creates. */
const listTranscriptItems = (transcripts: ListedTranscripts): LocalItem[] => {
	const runIds = transcripts.runIds();
	const running = runIds.filter(runId => transcripts.state(runId) === 'running').length;
	const item = (count: number, reason: string | null): LocalItem[] => {
		const name = messages.app.cleanup.ofRuns(count);
		return count === 0 ? [] : [{kind: 'transcripts', id: transcripts.folder, name, reason}];
	};
	return [...item(runIds.length - running, null), ...item(running, messages.app.cleanup.stillRuns)];
};

const cleanLocalItems = (
	entries: LedgerEntry[],
	lab: LabFolderOnDisk,
	transcripts: ListedTranscripts,
	noteGone: (item: CleanupItem) => void,
): CleanupResult => {
	const files = listLabItems(lab);
	const runs = listTranscriptItems(transcripts);
	const written = listWrittenItems(entries, lab).flatMap(item => removeWritten(item, lab, noteGone));
	for (const {id, reason} of files) if (reason === null) lab.remove(id);
	for (const runId of transcripts.runIds()) {
		if (transcripts.state(runId) !== 'running') transcripts.remove(runId);
	}
	return splitItems([...files, ...written, ...runs]);
};

const removeWritten = (item: LocalItem, lab: LabFolderOnDisk, noteGone: (item: CleanupItem) => void) => {
	if (item.reason !== null) return [item];
	const place = path.join(lab.path, item.id);
	try {
		lab.removeWritten(place);
		noteGone({...item, id: place});
		return [item];
	} catch (error) {
		// A folder to which the learner has added something stays, and is not reported.
		if ((error as NodeJS.ErrnoException).code === 'ENOTEMPTY') return [];
		return [{...item, reason: describeError(error)}];
	}
};

const factsOfKind = <Kind extends Fact['fact']>(facts: Fact[], kind: Kind) =>
	facts.filter((fact): fact is Extract<Fact, {fact: Kind}> => fact.fact === kind);
