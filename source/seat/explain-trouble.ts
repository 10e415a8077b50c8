import {messages} from '../messages/index.js';
import {UserError} from '../text/user-error.js';
import {formatHubAddress, type HubAddress} from './hub-address.js';
import type {HubError} from './hub-client.js';

/** What to tell a learner who can't join. `networkAnswers`: whether the gateway of the network does. */
export const explainTrouble = (error: HubError, address: HubAddress, networkAnswers: boolean): UserError => {
	const {trouble} = error;
	const {trouble: say, refusals} = messages.seat;
	const place = formatHubAddress(address);
	switch (trouble) {
		case 'refused':
			return new UserError(say.refused(place), {cause: error});
		case 'silent':
		case 'unreachable':
			return new UserError((networkAnswers ? say.separated : say[trouble])(place), {cause: error});
		case 'unknown-host':
			return new UserError(say.unknownHost(address.host), {cause: error});
		case 'no-hub':
			return new UserError(say.noHub(place), {cause: error});
		case 'other-hub':
			return new UserError(say.otherHub(place), {cause: error});
		case 'wrong-code':
			return new UserError(say.wrongCode(place), {cause: error});
		default:
			return new UserError(refusals[trouble], {cause: error});
	}
};
