import {printLine} from '../app/output.js';
import {messages} from '../messages/index.js';
import {createSeatStore} from '../seat/seat-store.js';
import {tellHub} from '../seat/tell-hub.js';
import {stateFolder} from '../storage/state-folder.js';
import type {Command} from './flags.js';

/** `class leave`: leaves the class, whether the hub can be told or not. */
export const classLeave: Command = async () => {
	const store = createSeatStore(stateFolder());
	const joined = store.load();
	store.forget();
	if (!joined) {
		printLine(messages.seat.notInClass);
		return 0;
	}
	const isTold = await tellHub(joined, 'leave');
	printLine((isTold ? messages.seat.left : messages.seat.leftUnheard)(joined.class.title));
	return 0;
};
