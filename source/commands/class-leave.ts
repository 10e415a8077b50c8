import {printLine} from '../app/output.js';
import {messages} from '../messages/index.js';
import {createHubClient} from '../seat/hub-client.js';
import {createSeatStore} from '../seat/seat-store.js';
import {stateFolder} from '../storage/state-folder.js';
import type {Command} from './flags.js';

/** Milliseconds that leaving may wait for the hub. */
const timeoutMs = 1500;

/** `class leave`: leaves the class, whether the hub can be told or not. */
export const classLeave: Command = async () => {
	const store = createSeatStore(stateFolder());
	const joined = store.load();
	store.forget();
	if (!joined) {
		printLine(messages.seat.notInClass);
		return 0;
	}
	const {address, fingerprint, token, class: left} = joined;
	const client = createHubClient(address, {fingerprint, token, timeoutMs});
	const isTold = await client.leave().then(
		() => true,
		() => false,
	);
	client.close();
	printLine((isTold ? messages.seat.left : messages.seat.leftUnheard)(left.title));
	return 0;
};
