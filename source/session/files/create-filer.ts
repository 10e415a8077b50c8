import type {Asker} from '../create-asker.js';
import type {Intent} from '../state.js';
import type {Store} from '../store.js';
import type {CurrentWorld, SessionParts} from '../world.js';
import {ensureLab} from './ensure-lab.js';
import type {LabEntry} from './model.js';
import {createSaves} from './notice-saves.js';
import {openInEditor} from './open-in-editor.js';

export type Filer = {
	handlers: {
		[Name in Extract<Intent['intent'], 'show-files' | 'show-file' | 'edit-file'>]: (
			intent: Extract<Intent, {intent: Name}>,
		) => void;
	};
	/** Notices from now on what is saved in the lab folder, as soon as there is one. */
	follow(): void;
	/** Ends an editor that is open, and notices nothing any more. */
	stop(): void;
};

type Means = {
	world: CurrentWorld;
	asker: Asker;
	runShown(): void;
	runLine(line: string): void;
};

/** The files of the lab folder: listed, shown, opened in the learner's editor, and watched. */
export const createFiler = (store: Store, parts: SessionParts, means: Means): Filer => {
	const {getState, dispatch} = store;
	const {lab} = parts;
	const abort = new AbortController();
	const {signal} = abort;

	const entries = (): LabEntry[] =>
		lab.listAll().map(file => {
			const shipped = lab.readShipped(file);
			return {path: file, state: shipped === null ? 'own' : shipped === lab.read(file) ? 'ours' : 'changed'};
		});
	const show = (file: string | undefined) =>
		dispatch({
			action: 'see-files',
			files: entries(),
			file: file === undefined ? null : {path: file, text: lab.read(file)},
		});
	const saves = createSaves(store, parts, {
		...means,
		signal,
		onChange(file) {
			const state = getState();
			if (state.overlay === 'files') show(state.file?.path ?? file);
		},
	});
	const edit = async (file: string): Promise<void> => {
		const problem = await openInEditor(file, getState(), {parts, world: means.world, signal});
		if (problem !== null) dispatch({action: 'show-notice', notice: problem});
		saves.notice(file);
	};
	return {
		handlers: {
			'show-files': () => {
				const problem = ensureLab(lab);
				if (problem !== null) return dispatch({action: 'show-notice', notice: problem});
				saves.follow();
				const files = lab.listAll();
				const dockerfile = getState().plans[getState().stepId]?.dockerfile;
				show(files.find(file => file === dockerfile) ?? files[0]);
				dispatch({action: 'open-overlay', overlay: 'files'});
			},
			'show-file': ({path: file}) => show(file),
			'edit-file': ({path: file}) => void edit(file),
		},
		follow: saves.follow,
		stop: () => abort.abort(),
	};
};
