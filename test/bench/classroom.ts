import type {HubPlace} from '../hub/test-seat.js';
import type {Bench, Figure} from './bench.js';
import {receive, startBundled} from './bundled-child.js';
import type {HubFigures} from './children/class-hub.js';
import type {SeatFigures} from './children/class-seats.js';
import {median, percentile} from './statistics.js';

const seats = 300;
/** `CLASS_SECONDS` makes it shorter. */
const seconds = Number(process.env.CLASS_SECONDS ?? 300);

/** What a teacher with 300 learners waits for. Hub and learners are processes of their own. */
export const classroom: Bench = {
	name: 'classroom',
	about: `${seats} seats over TLS, with an event each every 5 s for ${seconds} s, in a class that is kept`,
	async run({folder}): Promise<Figure[]> {
		const programs = folder();
		const hub = await startBundled('class-hub', programs, [folder()]);
		const place = await receive<HubPlace>(hub);
		const learners = await startBundled('class-seats', programs, [String(seats), String(seconds)]);
		learners.send(place);
		const {sent, joinedAfter, acknowledged} = await receive<SeatFigures>(learners);
		hub.send('end');
		const {seen, cpuSeconds, wallSeconds, peak} = await receive<HubFigures>(hub);

		const seenAt = new Map(seen.toReversed().map(([seat, attempts, time]) => [`${seat} ${attempts}`, time]));
		const delays = sent.flatMap(([seat, attempts, time]) => {
			const at = seenAt.get(`${seat} ${attempts}`);
			return at === undefined ? [] : [at - time];
		});
		return [
			{what: 'until all have joined', value: joinedAfter, unit: 'ms', most: 60_000},
			{what: 'event to board, 99th percentile', value: percentile(delays, 99), unit: 'ms', most: 1000},
			{what: 'event to board, median', value: median(delays), unit: 'ms', most: null},
			{what: 'events sent', value: sent.length, unit: '', most: null},
			{what: 'events that no board saw', value: sent.length - delays.length, unit: '', most: 0},
			{what: 'results that the hub lacks', value: sent.length - acknowledged, unit: '', most: 0},
			{what: 'highest memory of the hub', value: peak / 1e6, unit: 'MB', most: 150},
			{what: 'processor time of the hub', value: (100 * cpuSeconds) / wallSeconds, unit: '%', most: 100},
		];
	},
};
