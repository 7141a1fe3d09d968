-- For wrk: each request answers the same thread of Fossil's forum. Arguments: cookie, path of the
-- thread's page, its whole id, a word that no run had yet.
local count, cookie, thread, run = 0, "", "", ""
local words = string.rep("Words+of+somebody+who+answers.+", 13)

function init(arguments)
  cookie, wrk.path, thread, run = arguments[1], arguments[2], arguments[3], arguments[4]
end

function request()
  count = count + 1
  local body = string.format("fpid=%s&reply=1&mimetype=text/x-markdown&submit=Submit&content=%s+%s-%d",
    thread, words, run, count)
  local headers = { ["Cookie"] = cookie, ["Content-Type"] = "application/x-www-form-urlencoded",
    ["Referer"] = wrk.scheme .. "://" .. wrk.headers["Host"] .. wrk.path }
  return wrk.format("POST", "/forume2", headers, body)
end
