import {readFileSync, statSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {pathToFileURL} from 'node:url';
import test from 'ava';
import {browserTest} from '../tools/browser.js';
import {deepTest} from '../tools/deep.js';
import {drawFilm} from '../tools/draw-film.js';
import {drawPicture} from '../tools/draw-picture.js';
import {comparable, sceneOf} from './comparable.js';
import {takeScenes} from './scenes.js';
import {boardPictures, takeBoards} from './take-boards.js';
import {takeExplain} from './take-explain.js';

/** `npm run pictures` sets it: then the pictures of the readme are drawn anew. */
const isDrawing = process.env.DRAW_PICTURES === '1';

const filmFile = 'media/parallel.svg';
const picturesTest = isDrawing ? test.serial : deepTest;

const isOld = (file: string): string =>
	`${file} is old: draw it anew with \`npm run pictures\`, and look at it.`;

picturesTest('the pictures and the film show the screens as they are: texts and colours', async t => {
	const {scenes, film: frames} = await takeScenes(t);
	for (const {name, title, cells} of [...scenes, await takeExplain()]) {
		const file = `media/${name}.svg`;
		const picture = drawPicture(cells, title);
		if (isDrawing) writeFileSync(file, picture);
		t.deepEqual(comparable(readFileSync(file, 'utf8')), comparable(picture), isOld(file));
	}

	const film = drawFilm(
		frames,
		'A recording: two stages are built at the same time, and the timelines of both builders compared',
	);
	if (isDrawing) writeFileSync(filmFile, film);
	const before = readFileSync(filmFile, 'utf8');
	// What stands between the scenes depends on the clock, and so does the order of what is drawn.
	for (const {viewModel} of frames) {
		if (viewModel === undefined) continue;
		t.deepEqual(
			comparable(sceneOf(before, viewModel)).sort(),
			comparable(sceneOf(film, viewModel)).sort(),
			`${isOld(filmFile)} (scene ${viewModel})`,
		);
	}
});

test.serial(
	'the film is small, runs no script, fetches nothing, and stands still for who wants no motion',
	t => {
		const film = readFileSync(filmFile, 'utf8');
		t.true(film.length < 150_000, `${film.length} bytes`);
		t.notRegex(
			film.replace('http://www.w3.org/2000/svg', ''),
			/<script|<image|https?:|url\(|@import|\son\w+=/,
		);
		t.true(film.includes('@media (prefers-reduced-motion:reduce){.film{animation:none}}'));
		t.deepEqual(comparable(sceneOf(film, 'last')).sort(), comparable(sceneOf(film, 'timelines')).sort());
		t.notDeepEqual(comparable(sceneOf(film, 'panes')).sort(), comparable(sceneOf(film, 'timelines')).sort());
	},
);

/** What can be seen of the film so many seconds after its beginning; null: as it is shown without motion. */
const seenAt = (second: number | null): string => `
	for (const animation of document.getAnimations()) {
		animation.pause();
		animation.currentTime = ${second} * 1000;
	}
	[...document.querySelectorAll('text')]
		.filter(text => getComputedStyle(text).visibility === 'visible')
		.map(text => text.textContent);
`;

const textsOf = (film: string, viewModel: string): string[] =>
	[...sceneOf(film, viewModel).matchAll(/<text [^>]*>([^<]*)</g)].map(([, text = '']) =>
		text.replace(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code))),
	);

browserTest('a browser plays the film from scene to scene, or shows its end', async (t, browser) => {
	const film = readFileSync(filmFile, 'utf8');
	const seconds = Number(/animation:([\d.]+)s/.exec(film)?.[1]);
	const url = pathToFileURL(path.resolve(filmFile)).href;
	const page = await browser.newPage();
	await page.goto(url);
	t.deepEqual(await page.evaluate(seenAt(1)), textsOf(film, 'ready'));
	t.deepEqual(await page.evaluate(seenAt(seconds - 1)), textsOf(film, 'timelines'));
	t.notDeepEqual(await page.evaluate(seenAt(seconds / 2)), textsOf(film, 'timelines'));

	const calm = await browser.newPage({reducedMotion: 'reduce'});
	await calm.goto(url);
	t.is(await calm.evaluate('document.getAnimations().length'), 0);
	t.deepEqual(await calm.evaluate(seenAt(null)), textsOf(film, 'timelines'));
});

browserTest('the pictures of the board show its views, and are small', async (t, browser) => {
	if (isDrawing) await takeBoards(t, browser, 'media');
	for (const name of Object.values(boardPictures)) {
		const file = `media/${name}.webp`;
		t.true(statSync(file).size <= 120_000, file);
	}
});
