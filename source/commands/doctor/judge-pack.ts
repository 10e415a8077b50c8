import prettyBytes from 'pretty-bytes';
import {failed, type Judgement, passed, unknown} from './judgement.js';
import type {PackLook} from './look-at-pack.js';
import type {Reading} from './reading.js';

/** Can the images of the workshop come from the pack? */
export const judgePack = ({value, trouble}: Reading<PackLook>): Judgement => {
	if (trouble) return failed(trouble.reason, trouble.next);
	if (!value.state) return unknown('The pack is whole, and there is no engine to load it into.');
	const {missing} = value.state;
	if (missing.length === 0) return passed('The pack is whole, and the engine has all of its images.');
	const wanted = missing.map(({image: {name, bytes}}) => `${name} (${prettyBytes(bytes)})`).join(' and ');
	const others = missing.filter(({other}) => other !== null).map(({image}) => image.name);
	const kept =
		others.length === 0
			? ''
			: ` Another image is called ${others.join(', another ')} now; it is kept, and gets its name back.`;
	return passed(`The pack is whole; the first start loads ${wanted} from it.${kept}`);
};
