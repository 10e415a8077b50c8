import {readFileSync, writeFileSync} from 'node:fs';
import test from 'ava';
import {drawPicture} from '../tools/draw-picture.js';
import {comparable} from './comparable.js';
import {takeScenes} from './scenes.js';

/** `npm run pictures` sets it: then the pictures of the readme are drawn anew. */
const isDrawing = process.env.DRAW_PICTURES === '1';

test('the pictures show the screens as they are: texts and colours', async t => {
	for (const {name, title, cells} of await takeScenes()) {
		const file = `media/${name}.svg`;
		const picture = drawPicture(cells, title);
		if (isDrawing) writeFileSync(file, picture);
		t.deepEqual(
			comparable(readFileSync(file, 'utf8')),
			comparable(picture),
			`${file} is old: draw it anew with \`npm run pictures\`, and look at it.`,
		);
	}
});
