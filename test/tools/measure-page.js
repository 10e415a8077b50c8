// Runs in a page: a browser test evaluates its text and receives the value of the last expression.

const place = element => {
	const {left, top, right, bottom, width, height} = element.getBoundingClientRect();
	return {left, top, right, bottom, width, height};
};

const pictures = [...document.querySelectorAll('svg')].map(picture => ({
	...place(picture),
	bars: [...picture.querySelectorAll('rect')].map(place),
	words: [...picture.querySelectorAll('text')].map(word => ({text: word.textContent, ...place(word)})),
}));

/** Relative luminance, as WCAG defines it. */
const lightOf = colour => {
	const [red, green, blue] = colour
		.match(/[\d.]+/g)
		.slice(0, 3)
		.map(part => part / 255)
		.map(share => (share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4));
	return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
};

const isClear = colour => /, 0\)$/.test(colour);

const groundOf = element => {
	const {backgroundColor} = getComputedStyle(element);
	return isClear(backgroundColor) && element.parentElement
		? groundOf(element.parentElement)
		: backgroundColor;
};

const hasText = element =>
	[...element.childNodes].some(({nodeType, nodeValue}) => nodeType === 3 && nodeValue.trim() !== '');

const contrasts = [...document.body.querySelectorAll('*')].filter(hasText).map(element => {
	const {color, fill} = getComputedStyle(element);
	const both = [lightOf(element.closest('svg') ? fill : color), lightOf(groundOf(element))];
	return (Math.max(...both) + 0.05) / (Math.min(...both) + 0.05);
});

({
	pictures,
	contrasts,
	ground: groundOf(document.body),
	width: document.documentElement.scrollWidth,
	// biome-ignore lint/performance/useDomNodeTextContent: what a reader sees, laid out and without what is hidden.
	text: document.body.innerText,
});
