extension HelpText {
  /// Words that ask for the page on the language: what is neither a command nor a metric.
  package static let languageTopics = ["language", "for", "expect", "it", "syntax", "grammar"]

  /// The language on a page: what a statement may be.
  package static let language = """
    The language, by example

      svd k=50 center=bias          a command: verb, operands, options name=value
      eval popular svd metrics=rmse,mae
                                    several operands, several values with commas
      cf = svd k=20                 a name for what a command gives
      it.cf.rmse * 100              the last value, its fields, arithmetic
      similar "Heat (1995)"         quotes hold words with spaces, ',' or ';'
      blend svd:0.8 cf:0.2          pairs: a thing and its weight or rating
      for k in 5,10,20 { svd k=$k; eval svd }
                                    a block for each word, its rows as one table
      for k in 10..100:10 { k * 2 } the same for a range, start..end:step
      show $name                    a number or word put into a word of a command
      head "${name.field}"          the same within double quotes, with fields
      expect it.svd.rmse < 0.9      fails the script where it is false
      expect it.svd.rmse ~ 0.858    equal, give or take one in the last digit
      expect error svd k=0          runs a command that must fail

    A statement ends with its line or with ';', but goes on after a comma, after
    '\\' and within parentheses. A line that begins with '# ' is prose for readers,
    '#note' and what follows ' #' are comments, '#>' lines are recorded output.

    What is not named is the newest that fits: a model learns from 'train' if the
    ratings were split, else from the ratings; 'recommend' asks the newest model.
    'it' is the value of the last statement that had one.
    """
}
