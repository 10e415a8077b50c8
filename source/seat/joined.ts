import {existsSync} from 'node:fs';
import path from 'node:path';

/** The file with the class that the learner has joined. */
export const seatFile = (stateFolder: string): string => path.join(stateFolder, 'class', 'seat.json');

/** Whether a class was joined. Asked at every start, so it loads nothing. */
export const hasJoined = (stateFolder: string): boolean => existsSync(seatFile(stateFolder));
