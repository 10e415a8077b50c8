import {readdirSync, rmSync} from 'node:fs';
import type {ContainerFact, Fact, ImageFact} from '../checks/model.js';
import type {CleanupPlan} from '../engine/ledger-rules.js';
import type {Cleaner, CleanupItem, CleanupPreview, Engine, Ledger, LedgerEntry} from '../session/ports.js';
import type {LabFolderOnDisk} from '../storage/lab-folder.js';
import {UserError} from '../text/user-error.js';

type Kept = CleanupItem & {reason: string};

/** Clean-up over everything the workshop makes: containers, names, images, lab files, transcripts. */
export const createCleaner = ({
	engine,
	ledger,
	lab,
	transcriptFolder,
	plan,
	carryOut,
	readBuildCache,
}: {
	engine: Engine;
	ledger: Ledger;
	lab: LabFolderOnDisk;
	transcriptFolder: string;
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
			return {...previewOf(planned, lab, transcriptFolder), buildCacheBytes};
		},
		async clean() {
			const {engineId, planned} = await look();
			const {removed, kept} = await carryOut(planned, noteGone(engineId));
			const files = cleanFiles(lab, transcriptFolder);
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
	transcriptFolder: string,
): Omit<CleanupPreview, 'buildCacheBytes'> => {
	const {ours, changed} = labItems(lab);
	return {
		remove: [
			...planned.containers.map(({id, name}): CleanupItem => ({kind: 'container', id, name})),
			...planned.names
				.filter(({restoreTo}) => !restoreTo)
				.map(({id, name}): CleanupItem => ({kind: 'name', id, name})),
			...planned.images.map(({id, name}): CleanupItem => ({kind: 'image', id, name})),
			...ours,
			...transcriptItem(transcriptFolder),
		],
		giveBack: planned.names.flatMap(({name, restoreTo}) => (restoreTo ? [{name, id: restoreTo}] : [])),
		keep: [...planned.kept, ...changed],
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

const transcriptItem = (folder: string): CleanupItem[] => {
	try {
		const count = readdirSync(folder).length;
		return count === 0 ? [] : [{kind: 'transcripts', id: folder, name: `of ${count} runs`}];
	} catch {
		return [];
	}
};

const cleanFiles = (
	lab: LabFolderOnDisk,
	transcriptFolder: string,
): {removed: CleanupItem[]; kept: Kept[]} => {
	const {ours, changed} = labItems(lab);
	const transcripts = transcriptItem(transcriptFolder);
	for (const {id} of ours) lab.remove(id);
	for (const {id} of transcripts) rmSync(id, {recursive: true, force: true});
	return {removed: [...ours, ...transcripts], kept: changed};
};

const only = <Kind extends Fact['fact']>(facts: Fact[], kind: Kind) =>
	facts.filter((fact): fact is Extract<Fact, {fact: Kind}> => fact.fact === kind);
