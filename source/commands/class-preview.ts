import {randomInt} from 'node:crypto';
import {createLiveBackend} from '../app/live-backend.js';
import {type OpenWorkshop, openWorkshop} from '../app/open-workshop.js';
import {printJson} from '../app/output.js';
import {requireReplayBackend} from '../app/replay-backend.js';
import type {SeatReport} from '../classroom/protocol.js';
import {messages} from '../messages/index.js';
import {hashWorkshop} from '../pack/pack-files.js';
import {createSeatStore} from '../seat/seat-store.js';
import {createReport, maxResults} from '../seat/talk-to-hub.js';
import {selectSeatState} from '../session/select-seat-state.js';
import {createInitialState} from '../session/state.js';
import {createStore, keepProgress} from '../session/store.js';
import {createResultsStore} from '../storage/results-store.js';
import {stateFolder} from '../storage/state-folder.js';
import type {Command, Options} from './flags.js';

/** `class preview`: prints exactly what a class would be told now, as JSON, without a network. */
export const classPreview: Command = async (_parameters, options) => {
	const joined = createSeatStore(stateFolder()).load();
	const name = options.name ?? joined?.name ?? makeUpName();
	printJson(await previewReport(openWorkshop(options.workshop, options.dir), name, options), 2);
	return 0;
};

/** The report that a class would get if the workshop were opened now. It examines the machine, as opening it does. */
export const previewReport = async (
	open: OpenWorkshop,
	name: string,
	{replay, shell}: Pick<Options, 'replay' | 'shell'>,
): Promise<SeatReport> => {
	const backend = replay ? requireReplayBackend(open, 1) : createLiveBackend(open);
	const options = {dialect: shell, labFolder: open.lab.path, builder: 'buildkit'} as const;
	const store = createStore(createInitialState(open.workshop, options));
	keepProgress(store, {progress: {...backend.progress, save: () => null}, replay: backend.replay})();
	await backend.examine(finding => store.dispatch({action: 'add-finding', finding}));
	const state = selectSeatState(store.getState(), {hash: hashWorkshop(open.folder), handedIn: false, at: 0});
	const results = createResultsStore(stateFolder()).load().slice(0, maxResults);
	return createReport({name}, state, {sequence: 0, lastMessage: 0, results});
};

/** A friendly name, for those who don't want to give theirs. */
export const makeUpName = (): string => {
	const {first, second} = messages.seat.madeUpNames;
	const pick = (words: string) => {
		const all = words.split(' ');
		return all[randomInt(all.length)] ?? '';
	};
	return `${pick(first)} ${pick(second)}`;
};
