import process from 'node:process';
import type {Binding} from './keymap.js';

/** Windows can't stop a program and go on with it later. */
export const stopBindings: Binding[] =
	process.platform === 'win32'
		? []
		: [
				{
					keys: ['ctrl-z'],
					help: 'stop the program; `fg` in the shell goes on with it',
					layers: ['screen', 'zoom', 'overlay', 'question', 'search', 'command'],
					label: () => null,
					priority: 9,
					intent: {intent: 'stop-program'},
				},
			];
