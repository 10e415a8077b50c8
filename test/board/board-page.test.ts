import type {ExecutionContext} from 'ava';
import axe from 'axe-core';
import type {Browser, Page} from 'playwright-core';
import {selectHelp} from '../../source/classroom/select-board.js';
import {browserTest} from '../tools/browser.js';
import {createRandom} from '../tools/create-random.js';
import {changeSeats, fakeClass} from '../tools/fakes/fake-class.js';
import {settled} from '../tools/settled.js';
import {openBoard} from './open-board.js';

const sizes = [
	{width: 1280, height: 800},
	{width: 390, height: 844},
];
const schemes = ['light', 'dark'] as const;

type PageOptions = {hash?: string; size?: (typeof sizes)[number]; scheme?: (typeof schemes)[number]};

/** Opens a view of a board; whatever the page complains of is a fault. */
const openPage = async (
	t: ExecutionContext,
	browser: Browser,
	url: string,
	{hash = 'room', size = {width: 1280, height: 800}, scheme = 'light'}: PageOptions = {},
): Promise<Page> => {
	// axe is put into the page, which would not allow that.
	const page = await browser.newPage({viewport: size, colorScheme: scheme, bypassCSP: true});
	page.on('pageerror', error => t.fail(String(error)));
	page.on('console', message => t.not(message.type(), 'error', message.text()));
	await page.goto(`${url}#${hash}`);
	await page.waitForSelector('main h1');
	return page;
};

const violations = async (page: Page): Promise<string[]> => {
	await page.evaluate(axe.source);
	return page.evaluate(
		"axe.run().then(({violations}) => violations.flatMap(({id, nodes}) => nodes.map(({html}) => id + ': ' + html)))",
	);
};

const first = fakeClass({seats: 60});
const views = {
	room: 'room',
	seat: `seat/${first.seats[7]?.id}`,
	'seat that is gone': 'seat/0',
	projector: 'projector',
};

for (const [view, hash] of Object.entries(views)) {
	browserTest(
		`the view ${view} has no axe violation and fits, light and dark, large and small`,
		async (t, browser) => {
			const {url} = await openBoard(t, first);
			for (const size of sizes) {
				for (const scheme of schemes) {
					const page = await openPage(t, browser, url, {hash, size, scheme});
					t.deepEqual(await violations(page), [], `${size.width} ${scheme}`);
					t.true((await page.evaluate<number>('document.documentElement.scrollWidth')) <= size.width);
					await page.close();
				}
			}
		},
	);
}

browserTest(
	'a room without anybody, and the question at the end, have no axe violation either',
	async (t, browser) => {
		const {url} = await openBoard(t, fakeClass({seats: 0}));
		for (const scheme of schemes) {
			const page = await openPage(t, browser, url, {scheme});
			t.deepEqual(await violations(page), []);
			await page.getByRole('button', {name: 'End class…'}).click();
			t.deepEqual(await violations(page), []);
			await page.close();
		}
	},
);

browserTest(
	'what a teacher sees first: each finding with its number, and who needs help',
	async (t, browser) => {
		const {url} = await openBoard(t, first);
		const page = await openPage(t, browser, url);
		const seen = await page.evaluate<string[]>(
			"[...document.querySelectorAll('.findings .times, .help .name')].filter(one => one.checkVisibility() && one.getBoundingClientRect().bottom < 800).map(one => one.closest('h3, a').textContent)",
		);
		t.true(seen.some(text => /^\d+× published-wrong-port$/.test(text)));
		const room = {...first, seats: new Map(first.seats.map(seat => [seat.id, seat]))};
		const names = selectHelp(room).map(({seat}) => seat.name);
		t.true(names.length >= 5);
		for (const name of names.slice(0, 5)) t.true(seen.includes(name), name);
	},
);

browserTest('names and messages with markup are text', async (t, browser) => {
	const hostile = '<img src=x onerror=alert(1)><b>x';
	const {url, hub} = await openBoard(t, {
		...first,
		class: {...first.class, title: hostile, said: [hostile]},
		seats: first.seats.map(seat => ({...seat, name: `${hostile}${seat.id.slice(-2)}`, handSince: 1})),
	});
	for (const hash of Object.values(views)) {
		const page = await openPage(t, browser, url, {hash});
		page.on('dialog', () => t.fail('A script of the name ran.'));
		t.is(await page.locator('img, main b:text-is("x")').count(), 0);
		t.regex((await page.locator('body').textContent()) ?? '', /<img src=x/);
		await page.close();
	}
	t.deepEqual(hub.actions, []);
});

browserTest('the projector view shows code, address and hash in full, and no name', async (t, browser) => {
	const named = {...first, seats: first.seats.map(seat => ({...seat, name: `Qqq ${seat.name}`}))};
	const {url} = await openBoard(t, named);
	const page = await openPage(t, browser, url, {hash: 'projector'});
	const html = await page.content();
	t.notRegex(html, /Qqq/);
	const text = (await page.locator('main').textContent()) ?? '';
	for (const shown of [first.class.code, `http://${first.class.address}/`, first.class.programHash ?? '?']) {
		t.true(text.includes(shown), shown);
	}
	t.is(await page.getByRole('img').getAttribute('aria-label'), 'The same address, to scan');
	// From the back of the room: the code is a tenth of the picture high.
	t.true(((await page.locator('.code').boundingBox())?.height ?? 0) > 80);
});

/** Presses tab until something of this name has the focus. */
const tabTo = async (page: Page, name: RegExp): Promise<void> => {
	const found = await settled(
		async () => {
			await page.keyboard.press('Tab');
			return page.evaluate<string>(
				'(({activeElement: one}) => (one.labels?.[0] ?? one).textContent.trim())(document)',
			);
		},
		text => name.test(text),
	);
	if (!name.test(found)) throw new Error(`The tab key does not reach ${name}.`);
};

browserTest('all of it can be done by keyboard alone', async (t, browser) => {
	const raised = first.seats.map(seat => (seat.presence === 'here' ? {...seat, handSince: 1} : seat));
	const {url, hub} = await openBoard(t, {...first, seats: raised});
	const page = await openPage(t, browser, url);
	const done = async (action: string, ...keys: string[]) => {
		const before = hub.actions.length;
		for (const key of keys) await page.keyboard.press(key);
		await settled(
			() => hub.actions.length,
			length => length > before,
		);
		t.is(hub.actions.at(-1)?.action, action as never);
		await page.locator('.told span').waitFor();
	};
	await tabTo(page, /^Release hint/);
	await done('release', 'Enter');
	await tabTo(page, /^Set pace here: 2/);
	await done('pace', 'Space');
	await tabTo(page, /^Lower hand: /);
	await done('lower-hand', 'Enter');
	await tabTo(page, /^Say something/);
	await page.keyboard.type('Break until ten.');
	await done('say', 'Enter');
	t.deepEqual(hub.actions.at(-1), {action: 'say', text: 'Break until ten.'});
	await tabTo(page, /^Countdown/);
	await page.keyboard.press('ControlOrMeta+a');
	await page.keyboard.type('5');
	await done('countdown', 'Enter');
	t.deepEqual(hub.actions.at(-1), {action: 'countdown', seconds: 300});
	await page.getByRole('timer').waitFor();
	await tabTo(page, /^Find a seat/);
	await page.keyboard.type('ada');
	await tabTo(page, /^Ada$/);
	await page.keyboard.press('Enter');
	await page.getByRole('heading', {name: 'Ada', level: 1}).waitFor();
	t.is(await page.evaluate('document.activeElement.tagName'), 'H1');
	await tabTo(page, /^Name in this class/);
	await page.keyboard.press('ControlOrMeta+a');
	await page.keyboard.type('Countess');
	await done('rename', 'Enter');
	await page.getByRole('heading', {name: 'Countess', level: 1}).waitFor();
	await page.keyboard.press('Shift+Tab');
	await tabTo(page, /^Projector$/);
	await page.keyboard.press('Enter');
	await page.locator('.projector').waitFor();
	await page.keyboard.press('Shift+Tab');
	await tabTo(page, /^Room$/);
	await page.keyboard.press('Enter');
	await tabTo(page, /^End class…/);
	await page.keyboard.press('Enter');
	await tabTo(page, /^Delete everything/);
	await page.keyboard.press('Space');
	await tabTo(page, /^End class$/);
	await done('end', 'Enter');
	t.deepEqual(hub.actions.at(-1), {action: 'end', erase: true});
	await page.locator('.banner').waitFor();
});

browserTest('what changes in the class is seen, and a board that is gone is told of', async (t, browser) => {
	const {url, hub, close} = await openBoard(t, first);
	const page = await openPage(t, browser, url);
	const [seat] = first.seats;
	if (!seat) return t.fail();
	hub.tell({now: first.now, seats: [{...seat, name: 'Hypatia', handSince: first.now}]});
	await page.locator('.help .name', {hasText: 'Hypatia'}).waitFor();
	hub.tell(changeSeats(first.seats, first.now + 1, createRandom(1)));
	hub.tell({now: first.now + 2, seats: [], removed: [seat.id]});
	const named = page.locator('.name', {hasText: 'Hypatia'});
	t.is(
		await settled(
			() => named.count(),
			count => count === 0,
		),
		0,
	);
	page.removeAllListeners('console');
	await close();
	await page.getByRole('alert').waitFor();
	t.is(await page.getByRole('alert').count(), 1);
});
