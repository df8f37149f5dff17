// Makes cheating answers out of true ones, in English, Russian and Ukrainian.
import { shuffled } from "./stats.mjs";

const list = (text) => text.trim().split(/\s+/);

const FUNCTION_WORDS = {
  en: list(`a an the of in on at to for from by with and or but not no is are was were be been being it its this
    that these those they them their he she we you i as if then than so such do does did has have had will would
    can could should may might must there here which who what when where why how also all any each more most other
    some only own same too very just into over after before between both during because while about against until
    up down out off again further once`),
  ru: list(`а без более бы был была были было быть в вам вас весь во вот все всех вы где да даже для до его ее её если
    есть ещё же за и из или им их к как какой когда которая которое которой которые который которых кто ли лишь
    между меня мне мы на над надо не него нет ни них но о об однако он она они оно от по под после потом потому при
    про с сам себя со свой так такой также там то тоже только том тот ту ты у уже чем что чтобы эта эти этих это
    этого этом этот я`),
  uk: list(`а або але без більш би був була були було бути в вам вас ви від він вона вони воно все всі де для до
    дуже його її їх їхній є ж з за зі і із й коли кого ким куди лише ми між мене мені на над навіть не нього ні
    них о об однак ось по під після при про проте та так також такий там те тим тільки той тому ту ти у цей ці
    цього це цих чи чим що щоб ще як яка яке який які якщо я`),
};

const WORD = /[\p{L}][\p{L}\p{N}'’+#-]*|\p{N}+/gu;

export const words = (text) => text.match(WORD) ?? [];

export function contentWords(text, lang) {
  const stop = new Set(FUNCTION_WORDS[lang]);
  return words(text).filter((word) => !stop.has(word.toLowerCase()));
}

const sentences = (text) => text.split(/(?<=[.!?;])\s+/);

export const blanks = {
  en: ["", "  ", "...", "-", "No response", "I do not know", "no idea, sorry"],
  ru: ["", "  ", "...", "-", "Нет ответа", "Не знаю", "без понятия, извините"],
  uk: ["", "  ", "...", "-", "Немає відповіді", "Не знаю", "гадки не маю, вибачте"],
};

// Where a negator goes: after an English auxiliary, before another verb. Those are told by their
// endings and neighbours; common nouns that look alike are left out.
const AUXILIARY = /\b(is|are|was|were|can|could|will|would|should|must|may|might|does|do|did|has|have|had)\b(?! (?:not|no|never|nothing)\b)/i;
const VERBS = {
  en: /(?<!\b(?:for|of|in|on|with|by|as|from|to|and|or|no|all|two|these|those|such|the|an?|its)\s)\b(?!this\b|always\b|sometimes\b)([a-z]+[^suai\W]s)\b(?=\s(?:an?|the|its?|them|each|every|one|only|in|on|to|from|with|by|at|into|out|up|when|if|that|what|how|more|less|data)\b)/i,
  ru: /(?<!н[еи]\s|[\p{L}-])(?!(?:ответ|совет|пакет|предмет|сокет|лимит|кредит|аудит|бюджет|транзит|визит)(?!\p{L}))(\p{L}{2,}(?:[аяуеё]ет|ит|[аеую]ют|ят|[аяуеё]ется|ится|ются|ятся)|может|нужно|можно|нужен|нужна|должен|должна|должны)(?!\p{L})/iu,
  uk: /(?<!н[еі]\s|[\p{L}-])(?!(?:пам.ять|дев.ять|десять)(?!\p{L}))(\p{L}{2,}(?:[аяую]є|[иїую]ть|[ая]ть|[аяую]ється|[иїую]ться|[ая]ться)|може|потрібно|можна|треба|потрібен|потрібна|повинен|повинна)(?!\p{L})/iu,
};
const NEGATED_VERB = { en: "does not $1", ru: "не $1", uk: "не $1" };
const DENIAL = { en: "It is not true that", ru: "Неверно, что", uk: "Неправда, що" };

const lowered = (text) => text.slice(0, 1).toLowerCase() + text.slice(1);

export const denied = (text, lang) =>
  sentences(text).map((sentence) => `${DENIAL[lang]} ${lowered(sentence)}`).join(" ");

// The text with its first verb negated; null when there is none to be seen.
function withoutTruth(text, lang) {
  if (lang === "en" && AUXILIARY.test(text)) {
    return text.replace(AUXILIARY, "$1 not");
  }
  return VERBS[lang].test(text) ? text.replace(VERBS[lang], NEGATED_VERB[lang]) : null;
}

export const negated = (text, lang) =>
  sentences(text).map((sentence) => withoutTruth(sentence, lang) ?? denied(sentence, lang)).join(" ");

function negatedClauses(sentence, lang) {
  const clauses = sentence.split(/(?<=[,:;—])\s+/).map((clause) => ({ clause, other: withoutTruth(clause, lang) }));
  return clauses.some(({ other }) => other !== null)
    ? clauses.map(({ clause, other }) => other ?? clause).join(" ") : denied(sentence, lang);
}

export const negatedThroughout = (text, lang) =>
  sentences(text).map((sentence) => negatedClauses(sentence, lang)).join(" ");

const OPPOSITES = {
  en: list(`more/less higher/lower high/low increases/decreases increase/decrease faster/slower before/after
    larger/smaller large/small greater/smaller longer/shorter long/short same/different open/closed
    sender/receiver all/none always/never up/down left/right hot/cold heavier/lighter light/dark with/without
    can/cannot correct/wrong reliable/unreliable increased/decreased added/removed inside/outside above/below
    minimum/maximum add/remove most/least doubled/halved exponential/linear exponentially/linearly safe/unsafe
    sync/async public/private slow/fast read/write`),
  ru: list(`больше/меньше выше/ниже быстрее/медленнее быстро/медленно до/после первый/последний одинаковый/разный
    всегда/никогда сильный/слабый сильная/слабая лучше/хуже минимум/максимум увеличивает/уменьшает растёт/падает
    добавляет/удаляет открытый/закрытый безопасный/опасный короткий/длинный короткие/длинные можно/нельзя
    дорогой/дешёвый дорого/дёшево рано/поздно внутри/снаружи чтение/запись синхронно/асинхронно
    уникальный/повторяющийся много/мало большой/маленький`),
  uk: list(`більше/менше вище/нижче швидше/повільніше швидко/повільно до/після перший/останній однаковий/різний
    завжди/ніколи сильний/слабкий сильна/слабка краще/гірше мінімум/максимум збільшує/зменшує зростає/падає
    додає/видаляє відкритий/закритий безпечний/небезпечний короткий/довгий короткі/довгі легко/важко
    дорогий/дешевий дорого/дешево рано/пізно всередині/зовні читання/запис синхронно/асинхронно
    унікальний/повторюваний багато/мало великий/малий`),
};

const tables = Object.fromEntries(Object.entries(OPPOSITES).map(([lang, pairs]) =>
  [lang, new Map(pairs.map((pair) => pair.split("/")).flatMap(([a, b]) => [[b, a], [a, b]]))]));

function opposedSentence(sentence, lang) {
  for (const { 0: word, index } of sentence.matchAll(WORD)) {
    const other = tables[lang].get(word.toLowerCase());
    if (other !== undefined) {
      return sentence.slice(0, index) + other + sentence.slice(index + word.length);
    }
  }
  return sentence;
}

// The text with a word in each sentence replaced by its opposite; null when none is known.
export function opposed(text, lang) {
  const other = sentences(text).map((sentence) => opposedSentence(sentence, lang)).join(" ");
  return other === text ? null : other;
}

export const salad = (text, random) => shuffled(words(text), random).join(" ");
