import {messages as english} from './en/index.js';

/** All texts of the program, by folder of `source`. A folder beside `en` holds them in another language. */
export type Messages = typeof english;

/** The texts in the current language. Read them on use: a text stored while a module is loaded stays English. */
export let messages: Messages = english;

/** Changes the current language. */
export const setMessages = (language: Messages): void => {
	messages = language;
};

/** Changes to the language of a locale such as `de-CH` if there is a folder for it, else keeps English. */
export const loadMessages = async (locale: string): Promise<void> => {
	const {language} = new Intl.Locale(locale);
	try {
		setMessages((await import(`./${language}/index.ts`)).messages);
	} catch {
		// There is no such folder. The bundle contains those that existed when it was built.
	}
};
