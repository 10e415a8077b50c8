import type {ContainerFact, Fact, ImageFact} from '../checks/model.js';
import type {CleanupPlan} from '../engine/ledger-rules.js';
import type {Cleaner, CleanupItem, CleanupPreview, Engine, Ledger, LedgerEntry} from '../session/ports.js';
import type {LabFolderOnDisk} from '../storage/lab-folder.js';
import type {TranscriptsOnDisk} from '../storage/transcripts.js';
import {UserError} from '../text/user-error.js';

type Kept = CleanupItem & {reason: string};

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
	plan(entries: LedgerEntry[], images: ImageFact[], containers: ContainerFact[]): CleanupPlan;
	carryOut(
		plan: CleanupPlan,
		onRemoved: (item: CleanupItem) => void,
	): Promise<{removed: CleanupItem[]; kept: Kept[]}>;
	/** Bytes; null when the engine does not say. */
	readBuildCache(): Promise<number | null>;
}): Cleaner => {
	const look = async (): Promise<{engineId: string; planned: CleanupPlan}> => {
		const {id} = await engine.identity();
		const facts = await engine.facts({probePorts: false, allImages: true, stepId: null});
		const gone = facts.find(fact => fact.fact === 'engine-gone');
		if (gone) throw new UserError(gone.reason, {next: 'start the engine, then clean up again'});
		return {engineId: id, planned: plan(ledger.entries(id), only(facts, 'image'), only(facts, 'container'))};
	};
	// A name goes without its image: it is noted by itself.
	const noteGone = (engineId: string) => (item: CleanupItem) =>
		ledger.append({kind: 'gone', engine: engineId, id: item.kind === 'name' ? item.name : item.id});
	return {
		async preview() {
			const [{planned}, buildCacheBytes] = await Promise.all([look(), readBuildCache()]);
			return {...previewOf(planned, lab, transcripts), buildCacheBytes};
		},
		async clean() {
			const {engineId, planned} = await look();
			const {removed, kept} = await carryOut(planned, noteGone(engineId));
			const files = cleanFiles(lab, transcripts);
			return {removed: [...removed, ...files.removed], kept: [...kept, ...files.kept]};
		},
		async removeContainer(id) {
			const {engineId} = await look();
			const only = {containers: [{id, name: id}], names: [], images: [], kept: []};
			const {kept} = await carryOut(only, noteGone(engineId));
			if (kept[0])
				throw new UserError(`The container ${id.slice(0, 12)} can't be removed: ${kept[0].reason}.`);
		},
	};
};

const previewOf = (
	planned: CleanupPlan,
	lab: LabFolderOnDisk,
	transcripts: TranscriptsOnDisk,
): Omit<CleanupPreview, 'buildCacheBytes'> => {
	const {ours, changed} = labItems(lab);
	const {over, running} = transcriptItems(transcripts);
	return {
		remove: [
			...planned.containers.map(({id, name}): CleanupItem => ({kind: 'container', id, name})),
			...planned.names
				.filter(({restoreTo}) => !restoreTo)
				.map(({id, name}): CleanupItem => ({kind: 'name', id, name})),
			...planned.images.map(({id, name}): CleanupItem => ({kind: 'image', id, name})),
			...ours,
			...over,
		],
		giveBack: planned.names.flatMap(({name, restoreTo}) => (restoreTo ? [{name, id: restoreTo}] : [])),
		keep: [...planned.kept, ...changed, ...running],
	};
};

const labItems = (lab: LabFolderOnDisk): {ours: CleanupItem[]; changed: Kept[]} => {
	const items = lab.files().map(({path, state}) => ({kind: 'file' as const, id: path, name: path, state}));
	return {
		ours: items.filter(({state}) => state === 'ours').map(({state: _, ...item}) => item),
		changed: items
			.filter(({state}) => state === 'changed')
			.map(({state: _, ...item}) => ({...item, reason: 'you changed it'})),
	};
};

/** What a running command writes is kept: only from there can be learnt what it makes. */
const transcriptItems = (transcripts: TranscriptsOnDisk): {over: CleanupItem[]; running: Kept[]} => {
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
	lab: LabFolderOnDisk,
	transcripts: TranscriptsOnDisk,
): {removed: CleanupItem[]; kept: Kept[]} => {
	const {ours, changed} = labItems(lab);
	const {over, running} = transcriptItems(transcripts);
	for (const {id} of ours) lab.remove(id);
	for (const runId of transcripts.runIds()) {
		if (transcripts.state(runId) !== 'running') transcripts.remove(runId);
	}
	return {removed: [...ours, ...over], kept: [...changed, ...running]};
};

const only = <Kind extends Fact['fact']>(facts: Fact[], kind: Kind) =>
	facts.filter((fact): fact is Extract<Fact, {fact: Kind}> => fact.fact === kind);
