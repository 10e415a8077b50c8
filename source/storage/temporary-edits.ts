import type {LabFolder} from '../session/ports.js';

type Edits = Pick<LabFolder, 'addLine' | 'replaceText'>;

/** Counts the changes that these functions make, and those that are undone. */
export const countTemporaryEdits = ({
	addLine,
	replaceText,
}: Edits): Edits & Pick<LabFolder, 'temporaryEdits'> => {
	const edits = {begun: 0, undone: 0};
	const count = (undo: () => void) => {
		edits.begun++;
		return () => {
			try {
				undo();
			} finally {
				edits.undone++;
			}
		};
	};
	return {
		addLine: (...edit) => count(addLine(...edit)),
		replaceText: (...edit) => count(replaceText(...edit)),
		temporaryEdits: () => ({...edits}),
	};
};
