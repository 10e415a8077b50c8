import type {BoardUpdate, TeacherAction} from '../classroom/room.js';

/** What a board needs of the class. */
export type BoardHub = {
	/** Tells everything first, and then each change. Returns its undo. */
	subscribe(onUpdate: (update: BoardUpdate) => void): () => void;
	/** Does what the teacher asks for. Throws, or rejects with, a `UserError` if the class refuses that. */
	perform(action: TeacherAction): unknown;
};
