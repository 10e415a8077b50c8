// Opens a class that is kept in the folder of the first argument, on the port of the second, or a free one; `resume` as
// the third resumes it. Tells its parent where it is, and when asked, what a board got to see and what it cost.
import process from 'node:process';
import {openHub} from '../../../source/hub/hub.js';
import {hubOptions} from '../../hub/test-hub.js';

/** `seen`: the seat, its number of attempts, and when the board got it, in milliseconds of the system's clock. */
export type HubFigures = {
	seen: Array<[string, number, number]>;
	cpuSeconds: number;
	wallSeconds: number;
	peak: number;
};

const seen: HubFigures['seen'] = [];
const [keep = null, port = 0, how] = process.argv.slice(2);
const hub = await openHub({...hubOptions, keep, port: Number(port), resume: how === 'resume'});
hub.subscribe(({seats}) => {
	for (const {id, state} of seats) seen.push([id, state?.steps[0]?.attempts ?? 0, Date.now()]);
});

let peak = 0;
setInterval(() => {
	peak = Math.max(peak, process.memoryUsage.rss());
}, 500);
const start = {cpu: process.cpuUsage(), time: performance.now()};
process.on('message', () => {
	const {user, system} = process.cpuUsage(start.cpu);
	const wallSeconds = (performance.now() - start.time) / 1000;
	const figures: HubFigures = {seen, cpuSeconds: (user + system) / 1e6, wallSeconds, peak};
	process.send?.(figures, () => process.exit());
});
process.send?.({host: hub.host, port: hub.port, code: hub.code});
