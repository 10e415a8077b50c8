import path from 'node:path';
import type {Fact} from '../checks/model.js';
import type {CleanupItem, CleanupPreview, KeptItem, Ledger, LedgerEntry} from '../ownership/ledger.js';
import type {CleanupPlan, planCleanup} from '../ownership/plan-cleanup.js';
import {belongsTo, selectActiveEntries} from '../ownership/rules.js';
import type {Cleaner, Engine} from '../session/ports.js';
import type {LabFolderOnDisk} from '../storage/lab-folder.js';
import type {TranscriptsOnDisk} from '../storage/transcripts.js';
import {UserError} from '../text/user-error.js';
import {describeError} from '../text/wording.js';

/** Clean-up over everything the workshop makes: containers, names, images, lab files, transcripts. */
export const createCleaner = ({
	engine,
	ledger,
	lab,
	transcripts,
	plan,
	carryOut,
	readBuildCache,
}: {
	engine: Engine;
	ledger: Ledger;
	lab: LabFolderOnDisk;
	transcripts: TranscriptsOnDisk;
	plan: typeof planCleanup;
	carryOut(
		plan: CleanupPlan,
		onRemoved: (item: CleanupItem) => void,
	): Promise<{removed: CleanupItem[]; kept: KeptItem[]}>;
	/** Bytes; null when the engine does not say. */
	readBuildCache(): Promise<number | null>;
}): Cleaner => {
	const look = async (
		since = 0,
	): Promise<{engineId: string; entries: LedgerEntry[]; planned: CleanupPlan}> => {
		const {id} = await engine.identity();
		const facts = await engine.facts({probePorts: false, allImages: true, stepId: null});
		const gone = facts.find(fact => fact.fact === 'engine-gone');
		if (gone) throw new UserError(gone.reason, {next: 'start the engine, then clean up again'});
		const entries = ledger.entries(id).slice(since);
		const things = await engine.things();
		return {
			engineId: id,
			entries,
			planned: plan(
				entries,
				{images: factsOfKind(facts, 'image'), containers: factsOfKind(facts, 'container'), things},
				ledger.owner,
			),
		};
	};
	// A name goes without its image: it is noted by itself.
	const noteGone = (engineId: string) => (item: CleanupItem) =>
		ledger.append({kind: 'gone', engine: engineId, id: item.kind === 'name' ? item.name : item.id});
	/** A name that went back to what had it before is still given by whoever gave it that. */
	const noteGoneButFor = (engineId: string, staying: LedgerEntry[]) => (item: CleanupItem) => {
		noteGone(engineId)(item);
		for (const entry of item.kind === 'name' ? selectActiveEntries(staying) : [])
			if (entry.kind === 'name' && entry.name === item.name) ledger.append(entry);
	};
	return {
		async preview() {
			const [{planned, entries}, buildCacheBytes] = await Promise.all([look(), readBuildCache()]);
			return {...buildPreview(planned, entries, lab, transcripts), buildCacheBytes};
		},
		async clean() {
			const {engineId, entries, planned} = await look();
			const others = entries.filter(entry => !belongsTo(ledger.owner, entry));
			const {removed, kept} = await carryOut(planned, noteGoneButFor(engineId, others));
			const files = cleanFiles(entries, lab, transcripts, noteGone(engineId));
			return {removed: [...removed, ...files.removed], kept: [...kept, ...files.kept]};
		},
		async cleanSince(count) {
			const {engineId, planned} = await look(count);
			const earlier = ledger.entries(engineId).slice(0, count);
			return carryOut(planned, noteGoneButFor(engineId, earlier));
		},
		async removeContainer(id) {
			const {engineId} = await look();
			const only = {
				...{containers: [{id, name: id}], networks: [], volumes: []},
				...{names: [], images: [], kept: []},
			};
			const {kept} = await carryOut(only, noteGone(engineId));
			if (kept[0])
				throw new UserError(`The container ${id.slice(0, 12)} can't be removed: ${kept[0].reason}.`);
		},
	};
};

const buildPreview = (
	planned: CleanupPlan,
	entries: LedgerEntry[],
	lab: LabFolderOnDisk,
	transcripts: TranscriptsOnDisk,
): Omit<CleanupPreview, 'buildCacheBytes'> => {
	const {ours, changed} = listLabItems(lab);
	const written = listWrittenItems(entries, lab);
	const {over, running} = listTranscriptItems(transcripts);
	return {
		remove: [
			...planned.containers.map(({id, name}): CleanupItem => ({kind: 'container', id, name})),
			...planned.networks.map(({id, name}): CleanupItem => ({kind: 'network', id, name})),
			...planned.volumes.map(({name}): CleanupItem => ({kind: 'volume', id: name, name})),
			...planned.names
				.filter(({restoreTo}) => !restoreTo)
				.map(({id, name}): CleanupItem => ({kind: 'name', id, name})),
			...planned.images.map(({id, name}): CleanupItem => ({kind: 'image', id, name})),
			...ours,
			...written.ours,
			...over,
		],
		giveBack: planned.names.flatMap(({name, restoreTo}) => (restoreTo ? [{name, id: restoreTo}] : [])),
		keep: [...planned.kept, ...changed, ...written.changed, ...running],
	};
};

const listLabItems = (lab: LabFolderOnDisk): {ours: CleanupItem[]; changed: KeptItem[]} => {
	const items = lab.files().map(({path, state}) => ({kind: 'file' as const, id: path, name: path, state}));
	return {
		ours: items
			.filter(({state}) => state === 'ours' || state === 'solution')
			.map(({state: _, ...item}) => item),
		changed: items
			.filter(({state}) => state === 'changed')
			.map(({state: _, ...item}) => ({...item, reason: 'you changed it'})),
	};
};

/**
 * What commands wrote into this lab folder: ours as long as it is as they left it. Files before the folders that they
 * are in. A file that the workshop ships too is told by its bytes.
 */
const listWrittenItems = (
	entries: LedgerEntry[],
	lab: LabFolderOnDisk,
): {ours: CleanupItem[]; changed: KeptItem[]} => {
	const prints = new Map<string, string>();
	for (const entry of entries) {
		if (entry.kind === 'file') prints.set(entry.id, entry.print);
		if (entry.kind === 'gone') prints.delete(entry.id);
	}
	const shipped = new Set(lab.files().map(file => path.join(lab.path, file.path)));
	const now = lab.fingerprintsOf([...prints.keys()]);
	const there = [...prints.keys()]
		.filter(id => now[id] !== undefined && !shipped.has(id))
		.sort((one, other) => (one < other ? 1 : -1));
	const item = (id: string): CleanupItem => ({
		kind: 'file',
		id: path.relative(lab.path, id).split(path.sep).join('/'),
		name: path.relative(lab.path, id).split(path.sep).join('/'),
	});
	return {
		ours: there.filter(id => now[id] === prints.get(id)).map(item),
		changed: there
			.filter(id => now[id] !== prints.get(id))
			.map(id => ({...item(id), reason: 'it was changed since a command of the workshop wrote it'})),
	};
};

/** What a running command writes is kept: only from there can be learnt what it makes. */
const listTranscriptItems = (transcripts: TranscriptsOnDisk): {over: CleanupItem[]; running: KeptItem[]} => {
	const item = (runIds: string[]): CleanupItem[] =>
		runIds.length === 0
			? []
			: [
					{
						kind: 'transcripts',
						id: transcripts.folder,
						name: runIds.length === 1 ? 'of 1 run' : `of ${runIds.length} runs`,
					},
				];
	const runIds = transcripts.runIds();
	const running = runIds.filter(runId => transcripts.state(runId) === 'running');
	return {
		over: item(runIds.filter(runId => !running.includes(runId))),
		running: item(running).map(one => ({
			...one,
			reason: 'a command still runs: clean up again when it has ended',
		})),
	};
};

const cleanFiles = (
	entries: LedgerEntry[],
	lab: LabFolderOnDisk,
	transcripts: TranscriptsOnDisk,
	noteGone: (item: CleanupItem) => void,
): {removed: CleanupItem[]; kept: KeptItem[]} => {
	const {ours, changed} = listLabItems(lab);
	const {over, running} = listTranscriptItems(transcripts);
	const written = removeWritten(listWrittenItems(entries, lab), lab, noteGone);
	for (const {id} of ours) lab.remove(id);
	for (const runId of transcripts.runIds()) {
		if (transcripts.state(runId) !== 'running') transcripts.remove(runId);
	}
	return {
		removed: [...ours, ...written.removed, ...over],
		kept: [...changed, ...written.kept, ...running],
	};
};

/** A folder in which the learner has put something stays without a word. */
const removeWritten = (
	{ours, changed}: {ours: CleanupItem[]; changed: KeptItem[]},
	lab: LabFolderOnDisk,
	noteGone: (item: CleanupItem) => void,
): {removed: CleanupItem[]; kept: KeptItem[]} => {
	const removed: CleanupItem[] = [];
	const kept = [...changed];
	for (const item of ours) {
		const place = path.join(lab.path, ...item.id.split('/'));
		try {
			lab.removeWritten(place);
			removed.push(item);
			noteGone({...item, id: place});
		} catch (error) {
			if ((error as NodeJS.ErrnoException).code === 'ENOTEMPTY') continue;
			kept.push({...item, reason: describeError(error)});
		}
	}
	return {removed, kept};
};

const factsOfKind = <Kind extends Fact['fact']>(facts: Fact[], kind: Kind) =>
	facts.filter((fact): fact is Extract<Fact, {fact: Kind}> => fact.fact === kind);
