import test from 'ava';
import {renderStartPage} from '../../source/pack/program-parts.js';
import {writeSamplePack} from './sample-pack.js';

const {manifest} = await writeSamplePack();
const page = (isShipped: boolean): string =>
	renderStartPage(manifest, {tarball: 'multistage-workshop-0.1.0.tgz', date: new Date(0), isShipped});

test.serial('the program that is installed opens a shipped workshop by its id', t => {
	t.regex(page(true), /then `multistage-workshop --workshop sample --pack <this folder>`/);
});

test.serial('any other workshop it opens from the folder of the pack', t => {
	t.regex(
		page(false),
		/then `multistage-workshop --workshop <this folder>\/workshops\/sample --pack <this folder>`/,
	);
});
