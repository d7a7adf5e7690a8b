import RecData
import RecEvaluation
import RecLanguage
import RecModels
import RecNotebook

/// The page for people, made on the server: it works without its script, which adds reasons, ratings and the test's news.
struct Page: Sendable {
  private let user: String
  private let models: [ServedModel]
  private let experiment: LiveExperiment?
  private let logsEvents: Bool
  private let mayRead: Bool
  private let lists: [ListAnswer]
  private let chosen: String
  private let compared: String
  private let problem: String?
  private let board: ExperimentBoard?

  /// Asks for everything that it shows.
  init(_ call: RouteCall, mayRead: Bool) async throws {
    let service = call.service
    let models = service.registry.available
    self.models = mayRead ? models : []
    self.mayRead = mayRead
    experiment = mayRead ? service.experiment : nil
    logsEvents = service.events != nil
    chosen = call.value("model") ?? ""
    compared = call.value("compare") ?? ""
    let first = models.first?.entities.users
    user = call.value("user") ?? (mayRead ? first.flatMap { $0.count > 0 ? $0[UserIndex(0)].text : nil } : nil) ?? ""
    var lists: [ListAnswer] = []
    var problem: String?
    if mayRead, !user.isEmpty, !models.isEmpty {
      do {
        for name in [chosen.isEmpty ? nil : chosen] + (compared.isEmpty ? [] : [compared]) {
          var query = ListQuery(user: user)
          query.model = name
          // Whoever looks at this page is not the user.
          lists.append(try await service.list(query, exposes: false))
        }
      } catch let failure as RequestFailure { problem = failure.line }
    }
    self.lists = lists
    self.problem = problem
    board = mayRead ? try await service.queue.run { try service.board() } : nil
  }

  /// The whole page; everything from data passes through `Markup`, which escapes it.
  var html: String {
    var page = Markup()
    page.literal("<!DOCTYPE html>\n")
    page.element("html", ["lang": "en"]) { page in
      page.element("head") { page in
        page.void("meta", ["charset": "utf-8"])
        page.void("meta", ["name": "viewport", "content": "width=device-width, initial-scale=1"])
        page.void("meta", ["name": "color-scheme", "content": "light dark"])
        page.element("title", text: user.isEmpty ? "Recline" : "For \(user) – Recline")
        page.void("link", ["rel": "stylesheet", "href": "page.css"])
        page.element("script", ["src": "page.js", "defer": "defer"])
      }
      page.element("body") { page in
        page.element("a", ["class": "skip", "href": "#lists"], text: "Skip to the lists")
        page.element("header") { page in
          page.element("h1", text: "Recline")
          if mayRead { writeForm(to: &page) }
        }
        page.element("main", attributes) { page in
          page.element("p", ["id": "status", "role": "status", "aria-live": "polite"], text: problem ?? "")
          if !mayRead { writeTokenForm(to: &page) }
          page.element("div", ["id": "lists", "class": "lists", "tabindex": "-1"]) { page in
            for (place, list) in lists.enumerated() { write(list, place, to: &page) }
          }
          writeRatings(to: &page)
          if let experiment { write(experiment, to: &page) }
        }
        page.element("footer") { page in
          page.write("Recline \(Program.version) · ")
          page.element("a", ["href": "openapi.json"], text: "for programs")
          if mayRead {
            page.write(" · ")
            page.element("a", ["href": "metrics"], text: "metrics")
          }
        }
      }
    }
    return page.text + "\n"
  }

  /// What the script must know.
  private var attributes: Markup.Attributes {
    var scale = ""
    if case .ratings(let range)? = models.first?.model.training.feedback {
      scale = "\(plain(Double(range.lowest))) \(plain(Double(range.highest)))"
    }
    return [
      "data-user": user, "data-model": chosen, "data-compare": compared, "data-scale": scale,
      "data-events": logsEvents ? "on" : "", "data-locked": mayRead ? "" : "on",
    ]
  }

  private func writeForm(to page: inout Markup) {
    page.element("form", ["method": "get", "action": "./", "class": "bar"]) { page in
      page.element("span") { page in
        page.element("label", ["for": "user"], text: "User")
        page.void(
          "input",
          ["id": "user", "name": "user", "value": user, "list": "users", "autocomplete": "off", "spellcheck": "false"])
        page.element("datalist", ["id": "users"]) { page in
          for user in knownUsers { page.void("option", ["value": user]) }
        }
      }
      writeChoice("Model", "model", chosen, experiment == nil ? nil : "as the test says", to: &page)
      writeChoice("Beside", "compare", compared, "nothing", to: &page)
      page.element("button", ["type": "submit"], text: "Show")
    }
  }

  private var knownUsers: [String] {
    guard let users = models.first?.entities.users else { return [] }
    let step = max(1, users.count / 100)
    return stride(from: 0, to: users.count, by: step).prefix(100).map { users[UserIndex($0)].text }
  }

  private func writeChoice(
    _ label: String, _ id: String, _ chosen: String, _ nothing: String?, to page: inout Markup
  ) {
    page.element("span") { page in
      page.element("label", ["for": id], text: label)
      page.element("select", ["id": id, "name": id]) { page in
        if let nothing { page.element("option", ["value": ""], text: nothing) }
        for model in models {
          if model.name == chosen {
            page.element("option", ["value": model.name, "selected": "selected"], text: model.name)
          } else {
            page.element("option", ["value": model.name], text: model.name)
          }
        }
      }
    }
  }

  private func writeTokenForm(to page: inout Markup) {
    page.element("form", ["id": "unlock", "class": "bar"]) { page in
      page.element("label", ["for": "token"], text: "This server wants a token for reading")
      page.void("input", ["id": "token", "type": "password", "autocomplete": "off"])
      page.element("button", ["type": "submit"], text: "Show")
    }
  }

  private func write(_ list: ListAnswer, _ place: Int, to page: inout Markup) {
    let entities = list.served.entities
    let other = lists.count == 2 ? lists[1 - place] : nil
    let others = Set(other?.items.map { other?.served.entities.items[ItemIndex($0.item)].text ?? "" } ?? [])
    page.element("section", ["class": "list", "data-model": list.served.name]) { page in
      page.element("h2") { page in
        page.write("For ")
        page.element("span", ["class": "who"], text: list.user ?? "")
        page.element("small", text: " by \(list.served.name)\(list.assignment.map { ", test \($0.test)" } ?? "")")
      }
      if list.isFallback {
        page.element("p", ["class": "note"], text: "Nothing is known of this user: what suits most people is shown.")
      }
      page.element("table") { page in
        page.element("thead") { page in
          page.element("tr") { page in
            page.element("th", ["scope": "col", "class": "number"], text: "#")
            page.element("th", ["scope": "col"], text: "Title")
            page.element("th", ["scope": "col", "class": "number"], text: "Score")
          }
        }
        page.element("tbody") { page in
          for (rank, entry) in list.items.enumerated() {
            let item = ItemIndex(entry.item)
            let id = entities.items[item].text
            page.element("tr", ["data-item": id]) { page in
              page.element("td", ["class": "number"], text: String(rank + 1))
              page.element("td") { page in
                page.element("span", ["class": "title"], text: entities.title(of: item))
                let parts = [list.user ?? "", id, list.served.name].map(Self.encoded)
                page.element(
                  "a", ["class": "why", "href": "why/\(parts[0])/\(parts[1])?model=\(parts[2])"], text: "why")
                if others.contains(id) { page.element("span", ["class": "both"], text: "in both") }
              }
              page.element("td", ["class": "number"], text: decimals(Double(entry.score), 3))
            }
          }
        }
      }
      if list.items.isEmpty {
        page.element("p", ["class": "note"], text: "Nothing is left that the user has not rated and the model knows.")
      }
    }
  }

  /// A part of an address.
  private static func encoded(_ text: String) -> String {
    text.utf8.map { byte in
      let scalar = Unicode.Scalar(byte)
      let isPlain =
        byte < 0x80
        && (scalar.properties.isAlphabetic || (0x30...0x39).contains(byte) || scalar == "-" || scalar == "_")
      return isPlain ? String(Character(scalar)) : "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16)
    }.joined()
  }

  private func writeRatings(to page: inout Markup) {
    page.element("section", ["id": "rating", "hidden": "hidden"]) { page in
      page.element("h2", text: "Rate and see the list change")
      page.element("div", ["class": "bar"]) { page in
        page.element("span") { page in
          page.element("label", ["for": "search"], text: "Title")
          page.void("input", ["id": "search", "list": "found", "autocomplete": "off"])
          page.element("datalist", ["id": "found"])
        }
        page.element("span") { page in
          page.element("label", ["for": "stars"], text: "Rating")
          page.element("select", ["id": "stars"])
        }
        page.element("button", ["id": "rate", "type": "button"], text: "Rate")
      }
      page.element("ul", ["id": "rated", "aria-label": "Your ratings"])
    }
  }

  private func write(_ experiment: LiveExperiment, to page: inout Markup) {
    page.element("section", ["id": "board", "aria-labelledby": "board-title"]) { page in
      page.element("h2", ["id": "board-title"], text: "A/B test \(experiment.name)")
      page.element("div", ["id": "board-content"]) { page in
        page.element("table") { page in
          page.element("thead") { page in
            page.element("tr") { page in
              page.element("th", ["scope": "col"], text: "Arm")
              page.element("th", ["scope": "col", "class": "number"], text: "Share")
            }
          }
          page.element("tbody") { page in
            for arm in experiment.arms {
              page.element("tr") { page in
                page.element("th", ["scope": "row"], text: arm.name)
                page.element("td", ["class": "number"], text: percentage(arm.share))
              }
            }
          }
        }
        for verdict in board?.verdicts ?? [] { page.element("p", text: verdict) }
      }
    }
  }
}
