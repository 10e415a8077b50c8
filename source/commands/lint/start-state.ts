import type {Conduct} from '../../session/conduct.js';
import type {LedgerEntry} from '../../session/ports.js';
import type {LabFolderOnDisk} from '../../storage/lab-folder.js';
import {UserError} from '../../text/user-error.js';
import {inFreshLab} from '../in-fresh-lab.js';
import type {OpenWorkshop} from '../open-workshop.js';

/** The engine and the lab folder as the steps left them that challenges need. */
export type StartState = {
	/**
	 * Tries an answer in a copy of the lab folder, then removes what it made, and makes again what it took away or
	 * changed. Rejects with a `UserError` when the engine can't be used, or the state can't be made again.
	 */
	tryOut<Result>(action: (lab: LabFolderOnDisk) => Promise<Result>): Promise<Result>;
};

/** `makeAgain`: runs the needed steps from the beginning; resolves with the reason why one does not pass, else null. */
export const createStartState = async (
	open: OpenWorkshop,
	{engine, ledger, cleaner, signal}: Pick<Conduct, 'engine' | 'ledger' | 'cleaner' | 'signal'>,
	makeAgain: () => Promise<string | null>,
): Promise<StartState> => {
	const {id} = await engine.identity();
	const entries = () => ledger.entries(id);
	const look = () => describeOurs(entries(), engine);
	let start = await look();
	const restore = async (): Promise<void> => {
		if ((await look()) === start) return;
		await cleaner.clean();
		const trouble = await makeAgain();
		if (trouble !== null && !signal.aborted) {
			throw new UserError(`The start state of the challenges can’t be made again: ${trouble}`);
		}
		start = await look();
	};
	return {
		async tryOut(action) {
			const count = entries().length;
			const result = await inFreshLab(open, action, open.lab.path);
			// When it is cut off, or fails, everything is removed at once.
			if (signal.aborted) return result;
			await cleaner.cleanSince(count);
			await restore();
			return result;
		},
	};
};

/** All of ours that is on the engine, and how it is: two of them are equal when nothing of it has changed. */
const describeOurs = async (entries: LedgerEntry[], engine: Conduct['engine']): Promise<string> => {
	const [facts, {names}, {volumes, networks}] = await Promise.all([
		engine.facts({probePorts: false, allImages: true, stepId: null}),
		engine.images(),
		engine.things(),
	]);
	const known = (kind: LedgerEntry['kind']) =>
		new Set(entries.flatMap(entry => (entry.kind === kind ? [entry.id] : [])));
	const ours = {container: known('container'), image: known('image'), network: known('network')};
	const given = new Set(entries.flatMap(entry => (entry.kind === 'name' ? [entry.name] : [])));
	const volumeNames = known('volume');
	const lines = [
		...facts.flatMap(fact => {
			if (fact.fact === 'container' && ours.container.has(fact.id)) return [`${fact.id} ${fact.state}`];
			return fact.fact === 'image' && ours.image.has(fact.id) ? [fact.id] : [];
		}),
		...Object.entries(names).flatMap(([name, imageId]) => (given.has(name) ? [`${name} ${imageId}`] : [])),
		...Object.entries(volumes).flatMap(([name, at]) => (volumeNames.has(name) ? [`${name} ${at}`] : [])),
		...Object.entries(networks).flatMap(([name, one]) => (ours.network.has(one) ? [`${name} ${one}`] : [])),
	];
	return lines.sort().join('\n');
};
