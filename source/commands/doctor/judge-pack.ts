import prettyBytes from 'pretty-bytes';
import {failed, type Judgement, passed, unknown} from './judgement.js';
import type {PackLook} from './look-at-pack.js';
import type {Reading} from './reading.js';

/** Can the images of the workshop come from the pack? */
export const judgePack = ({value, trouble}: Reading<PackLook>): Judgement => {
	if (trouble) return failed(trouble.reason, trouble.next);
	const whole = value.unchecked === null ? 'The pack is whole' : `${value.unchecked} The rest is whole`;
	if (!value.state) return unknown(`${whole}, and there is no engine to load it into.`);
	const {missing} = value.state;
	if (missing.length === 0) return passed(`${whole}, and the engine has all of its images.`);
	const wanted = missing.map(({image: {name, bytes}}) => `${name} (${prettyBytes(bytes)})`).join(' and ');
	const others = missing.filter(({other}) => other !== null).map(({image}) => image.name);
	const kept =
		others.length === 0
			? ''
			: ` Another image is called ${others.join(', another ')} now; it is kept, and gets its name back.`;
	return passed(`${whole}; the first start loads ${wanted} from it.${kept}`);
};
