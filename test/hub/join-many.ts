import {Agent} from 'node:https';
import {routes} from '../../source/classroom/protocol.js';
import {type Answer, type HubPlace, TestSeat} from './test-seat.js';

/** Lets so many seats join, a few at a time over a few connections. Resolves with the answer to the last one. */
export const joinMany = async (hub: HubPlace, count: number): Promise<Answer> => {
	const agent = new Agent({keepAlive: true, maxSockets: 8});
	const join = async (number: number): Promise<Answer> => {
		const seat = new TestSeat(hub, `Seat ${number}`, agent);
		return seat.send({path: routes.join, body: await seat.joinRequest()});
	};
	try {
		for (let number = 1; number < count; number += 50)
			await Promise.all(Array.from({length: Math.min(50, count - number)}, (_, more) => join(number + more)));
		return await join(count);
	} finally {
		agent.destroy();
	}
};
