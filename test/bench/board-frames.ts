import process from 'node:process';
import {openBoardServer} from '../../source/board/board-server.js';
import {buildBoardPage} from '../tools/board-page.js';
import {launchChromium} from '../tools/chromium.js';
import {createRandom} from '../tools/create-random.js';
import {changeSeats, fakeClass, openFakeHub} from '../tools/fakes/fake-class.js';
import type {Bench} from './bench.js';
import {median} from './statistics.js';

const seconds = 10;

/** Milliseconds between two changes of all seats: more often than the board is told of them. */
const changeInterval = 100;

/** The lengths of all frames, in milliseconds. */
const recordFrames = `new Promise(resolve => {
	const frames = [];
	let last = performance.now();
	const end = last + ${seconds * 1000};
	const next = now => {
		frames.push(now - last);
		last = now;
		if (now < end) requestAnimationFrame(next);
		else resolve(frames);
	};
	requestAnimationFrame(next);
})`;

/** The page of the board in Chromium while all rows of 300 seats change. */
export const boardFrames: Bench = {
	name: 'board-frames',
	about: 'frames of the board in Chromium while 300 rows change',
	async run({folder}) {
		const first = fakeClass({seats: 300});
		const hub = openFakeHub(first);
		const {page: built} = await buildBoardPage();
		const server = await openBoardServer(hub, {page: built});
		const browser = await launchChromium({PATH: process.env.PATH ?? '', HOME: folder()});
		const random = createRandom(7);
		let now = first.now;
		const timer = setInterval(() => {
			now += changeInterval;
			hub.tell(changeSeats(first.seats, now, random));
		}, changeInterval);
		try {
			const page = await browser.newPage({viewport: {width: 1280, height: 800}});
			await page.goto(server.url);
			await page.waitForSelector('.seats');
			const frames = await page.evaluate<number[]>(recordFrames);
			const sorted = frames.toSorted((one, other) => one - other);
			return [
				{what: 'a frame on average', value: (seconds * 1000) / frames.length, unit: 'ms', most: 1000 / 30},
				{what: 'a frame in the median', value: median(frames), unit: 'ms', most: null},
				{what: 'the longest frame', value: sorted.at(-1) ?? Number.NaN, unit: 'ms', most: null},
			];
		} finally {
			clearInterval(timer);
			await browser.close();
			await server.close();
		}
	},
};
