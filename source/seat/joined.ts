import {existsSync, readFileSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {tryRead} from '../storage/files.js';
import {privateFile} from '../storage/state-folder.js';

/** The file with the class that the learner has joined. */
export const seatFile = (stateFolder: string): string => path.join(stateFolder, 'class', 'seat.json');

/** Whether a class was joined. Asked at every start, so it loads nothing. */
export const hasJoined = (stateFolder: string): boolean => existsSync(seatFile(stateFolder));

/** The file that says to which class the learner has handed in: apart from the seat, which a running program writes. */
const handedInFile = (stateFolder: string): string => path.join(stateFolder, 'class', 'handed-in');

/** Remembers that the results were handed in. `classId`: of the class that was joined. */
export const markHandedIn = (stateFolder: string, classId: string): void =>
	writeFileSync(handedInFile(stateFolder), classId, privateFile);

/** Whether that was done since this class was joined. */
export const hasHandedIn = (stateFolder: string, classId: string): boolean =>
	tryRead(() => readFileSync(handedInFile(stateFolder), 'utf8')) === classId;
