/** Reasons why clean-up keeps an item, as ends of sentences. */
export const ownership = {
	kept: {
		madeByWorkshop: (workshop: string) => `the workshop ${workshop} created it`,
		namedByWorkshop: (workshop: string, name: string) => `the workshop ${workshop} calls it ${name}`,
		namedByLearner: (name: string) => `you call it ${name}`,
		newVolume: 'its creation time has changed since then, so it may be yours',
		namesLearnersImage: 'it names an image of yours now',
		onlyName: 'it is the only name of an image that was here before the workshop',
		startedFrom: (name: string) => `you started it from ${name}`,
		likeOurs: 'its image looks like one of the workshop, but it is yours',
	},
};
