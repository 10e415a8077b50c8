import type {HubPlace} from '../hub/test-seat.js';
import type {Bench} from './bench.js';
import {receive, startBundled} from './bundled-child.js';
import {percentile} from './statistics.js';

const seats = 300;
const rounds = 5;

/** What a teacher whose laptop has crashed waits for. Hub and learners are processes of their own. */
export const classBack: Bench = {
	name: 'class-back',
	about: `until all of ${seats} seats are back after their hub was killed and resumed, ${rounds} times`,
	async run({folder}) {
		const [programs, keep] = [folder(), folder()];
		let hub = await startBundled('class-hub', programs, [keep, '0']);
		const place = await receive<HubPlace>(hub);
		const learners = await startBundled('class-links', programs, [String(seats)]);
		const times: number[] = [];
		try {
			const here = receive(learners);
			learners.send(place);
			await here;
			for (let round = 0; round < rounds; round++) {
				const away = receive(learners);
				hub.kill('SIGKILL');
				await away;
				const back = receive(learners);
				const resumedAt = performance.now();
				hub = await startBundled('class-hub', programs, [keep, String(place.port), 'resume']);
				await back;
				times.push(performance.now() - resumedAt);
			}
		} finally {
			hub.kill('SIGKILL');
			learners.kill('SIGKILL');
		}
		return [
			{what: 'median', value: percentile(times, 50), unit: 'ms', most: null},
			{what: 'the longest', value: Math.max(...times), unit: 'ms', most: 10_000},
		];
	},
};
