import type {Edit} from '../../workshop/model.js';
import type {LabFolder} from '../ports.js';

/** Does something while a file of the lab folder has one more line, and takes the line away again. */
export const withEdit = async <Result>(
	edit: Edit | null,
	lab: LabFolder,
	action: () => Promise<Result>,
): Promise<Result> => {
	const undo = edit && lab.addLine(edit.file, edit.line);
	try {
		return await action();
	} finally {
		undo?.();
	}
};
