// Which texts of the window need ICU's rules, and which are words.

/** Words, with places for values at most: none of ICU's quotes, plurals and tags. */
export const WORDS = /^(?:[^{}'<]|\{\w+\})*$/
