import {writeFileSync} from 'node:fs';
import path from 'node:path';
import type {ExecutionContext} from 'ava';
import type {Browser} from 'playwright-core';
import {openBoard} from '../board/open-board.js';
import {fakeClass} from '../tools/fakes/fake-class.js';

/** The pictures of the board, by the view that each shows. */
export const boardPictures = {room: 'board', projector: 'projector'} as const;

/** Takes a picture of each view, always of the same class, into this folder. */
export const takeBoards = async (t: ExecutionContext, browser: Browser, folder: string): Promise<void> => {
	const {url} = await openBoard(t, fakeClass({seats: 28}));
	for (const [view, name] of Object.entries(boardPictures)) {
		const page = await browser.newPage({viewport: {width: 1280, height: 800}});
		await page.goto(`${url}#${view}`);
		await page.waitForSelector('main h1');
		const chromium = await page.context().newCDPSession(page);
		const {data} = await chromium.send('Page.captureScreenshot', {format: 'webp', quality: 85});
		writeFileSync(path.join(folder, `${name}.webp`), data, 'base64');
		await page.close();
	}
};
