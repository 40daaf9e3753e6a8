/**
 * How the prices and the population of a card's grades become advice on having it graded. The bounds of verdict, eras and
 * warnings are those that collectors use; costs were chosen by eye, and every question may name its own.
 */
export const GRADING_RULES = {
  /** what a question does not name; amounts are cents of its currency */
  costs: {
    /** the grading company's fee */
    gradingFeeCents: 2100,
    /** postage to the company and back, insured */
    shippingCents: 0,
    /** what the marketplace takes of the price: about an eighth */
    sellingShareRatio: 0.13,
    /** what a sale costs beside it, such as postage to the buyer */
    sellingCents: 0,
    /** days at the grading company */
    gradingDays: 45,
    /** days until it is sold */
    sellingDays: 30,
    /** a year's interest on what is tied up meanwhile */
    yearlyInterestRatio: 0.05,
  },
  /** standard error of an expectation of the owner, in grades, when none is named */
  expectedGradeError: 1,
  /** cards that are added to each grade's population where the owner's expectation counts: a grade nobody has had is possible */
  priorCards: 0.5,
  /** of the population, that must have a price for a verdict on the odds */
  leastCoverageRatio: 0.5,
  verdicts: {
    /** grade whose price must pay for the grading, or else a graded one is cheaper to buy */
    slabGrade: 8,
    /** P(profit) above which it is worth it */
    greenAboveRatio: 0.5,
    /** P(profit) from which it may be */
    cautionFromRatio: 0.15,
  },
  /** the first year of each era after `vintage` */
  eras: { junk_wax: 1984, modern: 1995, current: 2020 },
  /** graded cards below which a card is so rare; from `scarce` on it is common */
  rarityBelow: { very_rare: 100, rare: 500, scarce: 2000 },
  /** quantiles of the grades that are the pessimistic and the optimistic scenario */
  scenarios: { pessimistic: 0.1, optimistic: 0.9 },
  warnings: {
    /** share of tens above which a ten is nothing special */
    manyTensRatio: 0.6,
    /** price of a ten over a nine above which everything depends on the ten */
    tenToNineRatio: 5,
    /** fee over the price of the target grade above which it eats the profit */
    feeShareRatio: 0.25,
    /** P(break-even or better) below which it is unlikely */
    breakEvenUnlikelyRatio: 0.3,
    /** break-even grade from which nothing may go wrong */
    highBreakEvenGrade: 8,
    /** price of the raw card above which it is much money, and P(profit) below which that is a risk */
    expensiveRawCents: 10_000,
    riskyProfitRatio: 0.4,
    /** graded cards below which shares are chance, and below which they are rough */
    tinyPopulation: 50,
    smallPopulation: 200,
    /** graded cards above which supply is large, and above which it is a flood */
    largePopulation: 5000,
    floodPopulation: 10_000,
    /** tens above which a ten has much competition */
    manyTens: 5000,
    /** share of one grade other than ten, above which that is what to expect */
    modalRatio: 0.5,
    /** grades between expectation and break-even up to which there is no margin */
    marginGrades: 1,
    /** share of the population with a price, below which it is said that prices are missing */
    coverageRatio: 0.999,
  },
} as const;
