/// What a word of a command is: its slot decides how it is read, checked, completed and explained.
package enum Slot: Sendable, Equatable {
  /// A whole number within bounds.
  case count(ClosedRange<Int>)
  /// Any number within bounds.
  case number(ClosedRange<Double>)
  /// A part of a whole, `20%` or `0.2`.
  case share
  /// `on` or `off`.
  case flag
  /// One of these words.
  case choice([Choice])
  /// Fields of an item or user table.
  case fields
  /// Metrics such as `ndcg@10`.
  case metrics
  /// `start..end` or `start..end:step`, both ends belong.
  case range
  /// The name of a trained model, or of a reference model that is trained on the spot.
  case model
  /// A model, or a model and its weight: `svd:0.8`.
  case weightedModel
  /// The name of a dataset.
  case dataset
  /// Any bound name.
  case name
  /// The id of a user.
  case user
  /// The id or the title of an item.
  case item
  /// An item and a rating for it: `"Heat (1995)":4`.
  case ratedItem
  /// Any word and its weight, `view:1`.
  case weightedWord
  /// From which rating on an item is relevant, or `auto`.
  case relevance
  /// Which items compete, `all` or `sampled:100`.
  case candidates
  /// A file or folder.
  case path
  /// A file, or the name of a table.
  case tableOrPath
  /// A moment in UTC, `2018-01-31` or `2018-01-31T12:00`.
  case moment
  /// A condition on fields, `rating >= 4`.
  case condition
  /// Any text.
  case text
  /// A word that is a topic of help: a command, a metric, a group.
  case topic
  /// The name of a setting.
  case setting
  /// Another command, which trains a model.
  case command
}

/// A word that may stand in a slot, and what it means.
package struct Choice: Sendable, Equatable {
  package let word: String
  package let summary: String
  package init(_ word: String, _ summary: String) {
    self.word = word
    self.summary = summary
  }
}

/// An option of a command or an algorithm: `name=value`.
package struct OptionSpec: Sendable, Equatable {
  package let name: String
  package let slot: Slot
  /// The default as one would type it; nil where leaving the option out means something that no value says.
  package let defaultText: String?
  /// What the number counts, such as "factors" or "seconds"; nil where it has no unit.
  package let unit: String?
  /// One sentence without a full stop.
  package let summary: String
  /// Whether several words, separated by commas, may be given.
  package let takesList: Bool

  package init(
    _ name: String, _ slot: Slot, default defaultText: String? = nil, unit: String? = nil, list: Bool = false,
    _ summary: String
  ) {
    self.name = name
    self.slot = slot
    self.defaultText = defaultText
    self.unit = unit
    self.summary = summary
    takesList = list
  }
}

extension OptionSpec {
  /// A whole number of at least one.
  package static func count(
    _ name: String, default value: Int, in bounds: ClosedRange<Int> = 1...1_000_000_000, unit: String? = nil,
    _ summary: String
  ) -> OptionSpec {
    OptionSpec(name, .count(bounds), default: String(value), unit: unit, summary)
  }

  /// One of a few words.
  package static func choice(_ name: String, default word: String, _ choices: [Choice], _ summary: String)
    -> OptionSpec
  {
    OptionSpec(name, .choice(choices), default: word, summary)
  }

  /// `on` or `off`.
  package static func flag(_ name: String, default isOn: Bool, _ summary: String) -> OptionSpec {
    OptionSpec(name, .flag, default: isOn ? "on" : "off", summary)
  }
}
