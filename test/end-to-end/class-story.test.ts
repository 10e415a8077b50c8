import {readFileSync} from 'node:fs';
import path from 'node:path';
import test from 'ava';
import type {Browser, Page} from 'playwright-core';
import type {SeatResults} from '../../source/classroom/collect.js';
import {programFile} from '../../source/pack/manifest.js';
import {type DeclareEngineTest, engineTests} from '../engine/engines.js';
import {type IsolatedEngine, isolatedTwin} from '../engine/isolated-engine.js';
import {childEnvironment, temporaryFolder} from '../tools/child-environment.js';
import {chromiumPath, launchChromium} from '../tools/chromium.js';
import {byQ} from '../tools/leave.js';
import {runCli} from '../tools/run-cli.js';
import {keys, openTerminal, type TerminalOptions, type TestTerminal} from '../tools/terminal.js';
import {typeLine} from '../tools/type-line.js';
import {lastPage, walk} from '../tools/walk.js';
import {type ClassNetwork, connectTeacher} from './class-network.js';

const folder = temporaryFolder();
const pack = path.join(folder, 'pack');
const kept = path.join(folder, 'kept');
const handIn = path.join(folder, 'Cleo.workshop.json');
const lab = /A port of your own/;
/** What the screen says of the finding `published-wrong-port`. */
const wrongPort = /maps to port 80/;

const browsers: Browser[] = [];
const terminals: TestTerminal[] = [];

/** Opens a program, which ends before the folders that it writes to are removed. */
const openProgram = (options: TerminalOptions): TestTerminal => {
	const terminal = openTerminal(options);
	terminals.push(terminal);
	return terminal;
};

/** When a page draws a text for the first time, in milliseconds since 1970. */
const whenDrawn = (page: Page, text: string): Promise<number> =>
	page.evaluate(`new Promise(resolve => {
		const observer = new MutationObserver(() => {
			if (!document.body.textContent.includes(${JSON.stringify(text)})) return;
			observer.disconnect();
			requestAnimationFrame(() => resolve(Date.now()));
		});
		observer.observe(document.body, {subtree: true, childList: true, characterData: true});
	})`);

test.after.always(async () => {
	for (const terminal of terminals) terminal.kill('SIGKILL');
	await Promise.all([...terminals.map(({exited}) => exited), ...browsers.map(browser => browser.close())]);
});

/** Opens a page in a Chromium of its own. */
const openPage = async (command: string[], url: string): Promise<Page> => {
	const through = {command, folder: temporaryFolder()};
	const browser = await launchChromium(childEnvironment(temporaryFolder()), through);
	browsers.push(browser);
	const page = await browser.newPage();
	page.setDefaultTimeout(15_000);
	await page.goto(url);
	return page;
};

/** Answers what `class join` asks, and waits until the class hears from the seat. */
const join = async (terminal: TestTerminal, code: string, name: string): Promise<void> => {
	await terminal.waitFor('The code of the class');
	terminal.press(`${code}${keys.enter}`);
	await terminal.waitFor('Your name in the class');
	terminal.press(`${name}${keys.enter}`);
	await terminal.waitFor('do not join');
	terminal.press(`y${keys.enter}`);
	await terminal.waitFor('class ●');
};

/** The row of a learner in the table of seats, once it contains a text. */
const seatShows = (board: Page, name: string, text: string): Promise<void> =>
	board.locator('#seats tr', {hasText: name}).filter({hasText: text}).waitFor();

const readPack = (file: string): Buffer => readFileSync(path.join(pack, file));

let twin: IsolatedEngine;
let network: ClassNetwork;
let board: Page;
let ada: TestTerminal;
let code = '';
const laptop = {cwd: temporaryFolder(), home: temporaryFolder()};
const program = path.join(laptop.cwd, programFile);

const joinClass = (engineTest: DeclareEngineTest): void => {
	engineTest('a teacher packs both workshops, and opens the class and its board', async (t, engine) => {
		const packed = await runCli(['pack', pack, '--workshop', 'multi-stage', '--workshop', 'build-cache'], {
			env: engine.env,
			timeout: 300_000,
		});
		t.is(packed.exitCode, 0, packed.stderr);
		twin = isolatedTwin(engine);
		await twin.wipe();
		await twin.start();
		network = await connectTeacher(twin);
		const teacher = openProgram({
			through: network.through,
			args: ['class', 'open', pack, '--keep', kept, '--address', network.address],
		});
		const shown = (await teacher.waitFor(/http:\/\/127\.0\.0\.1:\d+\/\S+\//)).join('\n');
		code = /Code: (\S+)/.exec(shown)?.[1] ?? '';
		t.regex(code, /^\w{3}-\w{3}$/, shown);
		board = await openPage(network.through, /http:\/\/127\.0\.0\.1:\d+\/\S+/.exec(shown)?.[0] ?? '');
		await board.getByText('0 joined').waitFor();
		t.is(await twin.docker('image', 'ls', '-q'), '');
	});

	engineTest('a learner downloads the program from the page in a browser', async t => {
		const page = await openPage(twin.through, `http://${network.address}:8400/`);
		await page.getByText(/curl is not found/).click();
		const began = page.waitForEvent('download');
		await page.getByRole('link', {name: 'Download the program'}).click();
		const download = await began;
		await download.saveAs(program);
		t.is(download.suggestedFilename(), programFile);
		t.deepEqual(readFileSync(program), readPack(programFile));
	});

	engineTest('she joins, gets the images from the class, and works to the lab', async t => {
		ada = openProgram({
			...{...laptop, program, through: twin.through, env: twin.env},
			args: ['class', 'join', network.address],
		});
		await join(ada, code, 'Ada');
		t.regex(await twin.docker('image', 'ls'), /golang +1\.16\.4-alpine/);
		await seatShows(board, 'Ada', 'On the first page');
		await ada.waitFor(/engine +26/);
		await walk(ada, lab);
		await seatShows(board, 'Ada', 'A port of your own');
	});
};

const doLab = (engineTest: DeclareEngineTest): void => {
	engineTest(
		'a wrong answer is on the board, and the hint that is released there is on her screen',
		async t => {
			const drawn = whenDrawn(board, 'published-wrong-port');
			await typeLine(ada, 'docker run -d -P whoami -port 5000');
			await ada.waitFor(wrongPort);
			const judgedAt = Date.now();
			const finding = board.locator('.findings li', {hasText: 'published-wrong-port'});
			await finding.waitFor();
			t.log(`on the board after ${(await drawn) - judgedAt} ms`);
			t.regex((await finding.textContent()) ?? '', /1× published-wrong-port.*A port of your own.*Ada/);
			await finding.getByRole('button', {name: 'Release hint'}).click();
			await ada.waitFor('Your teacher has released a hint');
			await ada.waitFor('Two ports have to match');
		},
	);

	engineTest('she passes and raises her hand', async t => {
		await typeLine(ada, 'docker run -d -p 5000 whoami -port 5000');
		await ada.waitUntil(rows => / n next|enter next/.test(rows.join('\n')), 'the next step');
		await board.getByText('Nothing is wrong at any seat.').waitFor();
		ada.press('!');
		await ada.waitFor('hand up', 6000);
		await board.locator('.help li', {hasText: 'Ada'}).filter({hasText: 'hand up'}).waitFor();
		t.is(await board.locator('.findings li').count(), 0);
	});

	engineTest('she hands in, and the board tells that', async t => {
		const {exitCode, stderr} = await runCli(['hand-in', '--yes'], {
			...laptop,
			program,
			through: twin.through,
		});
		t.is(exitCode, 0, stderr);
		await seatShows(board, 'Ada', 'handed in');
	});
};

const bringResults = (engineTest: DeclareEngineTest): void => {
	engineTest('a learner without Docker does the lab in the recording', async t => {
		const ben = openProgram({
			...{through: twin.through, program},
			args: ['class', 'join', network.address, '--replay'],
		});
		await join(ben, code, 'Ben');
		await walk(ben, lab);
		await walk(ben, lastPage);
		await seatShows(board, 'Ben', 'in the recording');
		t.is(await board.locator('#seats tr', {hasText: 'Ben'}).count(), 1);
	});

	engineTest('a third never had a network and brings a file; the teacher collects all three', async t => {
		const alone = {
			...{cwd: temporaryFolder(), home: temporaryFolder()},
			program: path.join(pack, programFile),
			through: ['unshare', '--net', '--'],
		};
		const cleo = openProgram({...alone, args: ['--replay']});
		await walk(cleo, /Turn on BuildKit/);
		await byQ.leave(cleo, false);
		await cleo.exited;
		const handedIn = await runCli(['hand-in', handIn, '--name', 'Cleo', '--yes'], alone);
		t.is(handedIn.exitCode, 0, handedIn.stderr);
		const {exitCode, stdout, stderr} = await runCli(['class', 'collect', kept, handIn, '--json']);
		t.is(exitCode, 0, stderr);
		const {seats} = JSON.parse(stdout);
		const labs = (seats as SeatResults[]).map(({name, workshops}) => {
			const found = workshops.flatMap(({steps}) => steps).find(({step}) => step === 'lab-port');
			return `${name}: ${found ? `${found.verdict}, ${found.mode}` : 'not tried'}`;
		});
		t.deepEqual(labs.sort(), ['Ada: passed, real', 'Ben: passed, recorded', 'Cleo: not tried']);
	});
};

const title = 'the story of a class (Chromium is missing: `apt-get install chromium`)';
if (chromiumPath === undefined) test.skip(title, () => {});
else
	engineTests(
		engineTest => {
			for (const tell of [joinClass, doLab, bringResults]) tell(engineTest);
		},
		['26'],
	);
