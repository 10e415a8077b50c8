import {describeTrouble, type TroubleFinding} from '../../engine/describe-trouble.js';
import type {EngineIdentity} from '../../session/ports.js';
import {messageOf} from '../../text/message-of.js';
import {UserError} from '../../text/user-error.js';

export type Cli = EngineIdentity['cli'];

/** Something that was read on this machine, or why it could not be. */
export type Reading<Value> =
	| {value: Value; trouble: null}
	| {value: null; trouble: {finding: TroubleFinding; reason: string; next: string | null}};

/** Waits for what is read. Never rejects. */
export const read = async <Value>(reading: Promise<Value>): Promise<Reading<Value>> => {
	try {
		return {value: await reading, trouble: null};
	} catch (error) {
		const known = error instanceof UserError;
		const {finding} = describeTrouble(known ? (error.cause ?? error) : error, '');
		return {value: null, trouble: {finding, reason: messageOf(error), next: known ? error.next : null}};
	}
};
